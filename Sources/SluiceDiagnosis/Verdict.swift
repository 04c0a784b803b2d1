/// Who, why, how sure, and what next.
public struct Verdict: Equatable, Sendable, Codable {
  /// An identifier of `Owner`.
  public var who: String
  /// An identifier of the catalogue, or of a root cause that only a diagnosis can name.
  public var cause: String
  public var sure: Sureness
  /// One sentence for a person, which names who and why.
  public var sentence: String
  /// One sentence: what to do now.
  public var next: String

  public init(who: String, cause: String, sure: Sureness, sentence: String, next: String) {
    self.who = who
    self.cause = cause
    self.sure = sure
    self.sentence = sentence
    self.next = next
  }
}
