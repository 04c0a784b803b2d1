/// Incidents of one problem within one second that were counted and not kept.
public struct ProblemCount: Sendable, Equatable {
  public var problem: ProblemKey
  public var who: String
  /// Of which the client saw none.
  public var absorbed: Int
  public var count: Int
  /// Unix times in milliseconds.
  public var firstSeen: Int64
  public var lastSeen: Int64

  public init(problem: ProblemKey, who: String, absorbed: Int, count: Int, firstSeen: Int64, lastSeen: Int64) {
    self.problem = problem
    self.who = who
    self.absorbed = absorbed
    self.count = count
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}
