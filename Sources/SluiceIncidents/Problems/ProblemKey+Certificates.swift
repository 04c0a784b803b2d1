extension ProblemKey {
  /// Stands in the place of a cause where nothing has failed yet: a certificate ends within three weeks. Each look at
  /// it counts as one, and clients notice none.
  public static let certificateExpiresSoon = "certificate_expires_soon"
}
