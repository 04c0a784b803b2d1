internal import SluiceCore

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

extension Candidate {
  /// What `cause` means, in one sentence without values; nil for one of another version.
  public var meaning: String? { RootCause(rawValue: cause)?.sentence ?? Cause.named(cause)?.summary }
}
