/// A property of an endpoint that is another since a change.
public struct Difference: Equatable, Sendable, Codable {
  public enum Kind: String, Equatable, Sendable, Codable {
    case port
    case certificate
    case `protocol`
    case latency
    case program
    case container
    case version
  }

  public var kind: Kind
  public var before: String
  public var after: String
  /// When it was first seen, as Unix time in milliseconds.
  public var time: Int64?

  public init(kind: Kind, before: String, after: String) {
    self.kind = kind
    self.before = before
    self.after = after
  }
}
