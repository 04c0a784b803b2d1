/// One explanation, with what speaks for it.
public struct Candidate: Equatable, Sendable, Codable {
  public var cause: String
  public var who: String
  public var sure: Sureness
  /// Sentences, each one observed fact.
  public var evidence: [String]

  public init(cause: String, who: String, sure: Sureness, evidence: [String]) {
    self.cause = cause
    self.who = who
    self.sure = sure
    self.evidence = evidence
  }
}
