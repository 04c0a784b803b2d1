/// What came of the last reload.
public struct ReloadDocument: Codable, Equatable, Sendable {
  public enum Outcome: String, Codable, CaseIterable, Sendable {
    case applied
    /// The configuration before it went on.
    case refused
  }

  /// Unix time in milliseconds.
  public var time: Int64
  public var outcome: Outcome
  /// Why it was refused.
  public var reason: String?

  public init(time: Int64, outcome: Outcome, reason: String?) {
    self.time = time
    self.outcome = outcome
    self.reason = reason
  }
}
