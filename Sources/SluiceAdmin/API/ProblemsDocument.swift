public import SluiceIncidents

/// `GET /api/v1/problems`.
public struct ProblemsDocument: Codable, Equatable, Sendable {
  /// When this was asked: Unix time in milliseconds.
  public var time: Int64
  /// Those that go on first, then the one seen last first.
  public var problems: [ProblemDocument]
  /// Deploys and other changes of the time that the rates show, the latest first.
  public var changes: [Change]
  /// Path and query of the next page; nil: this is the last.
  public var next: String?

  public init(time: Int64, problems: [ProblemDocument], changes: [Change], next: String?) {
    self.time = time
    self.problems = problems
    self.changes = changes
    self.next = next
  }
}
