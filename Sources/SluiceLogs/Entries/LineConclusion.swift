public import SluiceCore
public import SluiceDiagnosis

/// What one line says of a failure.
public struct LineConclusion: Equatable, Sendable {
  /// The row of the table of signatures that matched, as `N01`.
  public var signature: String
  /// What the proxy observed. Where it wrote one text for several causes, the likeliest.
  public var cause: Cause
  /// The other causes for which this proxy writes the same.
  public var alternatives: [Cause]
  public var who: Owner
  /// `certain` only where the proxy writes this for nothing else.
  public var sure: Sureness
  /// What decided between several causes, where it was timing and not a text; one sentence.
  public var estimate: String?
  /// What a person should know of the row: one sentence.
  public var note: String?

  public init(
    signature: String, cause: Cause, alternatives: [Cause] = [], who: Owner? = nil, sure: Sureness,
    estimate: String? = nil, note: String? = nil
  ) {
    self.signature = signature
    self.cause = cause
    self.alternatives = alternatives
    self.who = who ?? cause.owner
    self.sure = sure
    self.estimate = estimate
    self.note = note
  }
}
