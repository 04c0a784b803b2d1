extension ProblemKey {
  /// What incidents count as whose problem is one too many to be told apart. Its cause is none of the catalogue's,
  /// since they have several.
  public static let overflow = ProblemKey(cause: "other_problems", route: nil, upstream: nil, endpoint: nil)
}
