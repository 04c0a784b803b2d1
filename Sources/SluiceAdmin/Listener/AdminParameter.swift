/// A query parameter that a route takes.
public struct AdminParameter: Sendable {
  public enum Kind: Sendable {
    /// Of so many characters at most.
    case text(max: Int)
    case integer(ClosedRange<Int64>)
    /// One of these.
    case word([String])
    /// How long ago, or a moment: see `MomentText`.
    case moment
  }

  public var name: String
  public var kind: Kind
  /// Whether it may be given several times, for any of the values.
  public var isRepeatable: Bool
  /// One sentence.
  public var summary: String

  public init(_ name: String, _ kind: Kind, isRepeatable: Bool = false, _ summary: String) {
    self.name = name
    self.kind = kind
    self.isRepeatable = isRepeatable
    self.summary = summary
  }
}
