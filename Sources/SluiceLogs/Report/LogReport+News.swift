extension LogReport {
  /// Problems that an earlier report of the same logs did not have, or that grew since: what is to be told while logs
  /// are followed.
  ///
  /// - Parameter earlier: nil: all problems are new.
  public func news(since earlier: LogReport?) -> [LogProblem] {
    let counts = Dictionary((earlier?.problems ?? []).map { ($0.id, $0.count) }, uniquingKeysWith: max)
    return problems.filter { problem in counts[problem.id].map { problem.count > $0 } ?? true }
  }
}
