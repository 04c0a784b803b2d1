extension LogFormat {
  /// This gateway's own.
  static let sluice: [LogFormat] = []
}
