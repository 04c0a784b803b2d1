public import SluiceIncidents

/// What `sluice why --json` prints where there is no such incident.
public struct WhyNothing: Encodable, Equatable, Sendable {
  public enum Reason: String, Encodable, CaseIterable, Sendable {
    /// An ID of ours of which only a count was kept, or nothing any more.
    case notKept = "not_kept"
    case unknown
  }

  public let found: Bool = false
  public let reason: Reason
  /// What was asked for.
  public let id: String
  /// Of the ID's second.
  public let problems: [Problem]

  private enum CodingKeys: CodingKey { case found, reason, id, problems }

  public init(reason: Reason, id: String, problems: [Problem]) {
    self.reason = reason
    self.id = id
    self.problems = problems
  }
}
