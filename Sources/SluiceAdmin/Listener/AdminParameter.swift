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

  /// How often a parameter that may be repeated may be given.
  static let repeatsMax: Int64 = 32
  /// What `MomentText.hasForm` takes, for those who read the API's description.
  static let momentPattern =
    "^(([0-9]{1,10}(ms|s|min|m|h|d|w)){1,7}|[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?[Zz]?)$"

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
