/// A property of an endpoint that is another since a change. Another port or protocol is concluded from what listens
/// and what answers, which is an examination's own.
public struct Difference: Equatable, Sendable, Codable {
  public enum Kind: String, Equatable, Sendable, Codable, CaseIterable {
    case certificate
    case latency
    case program
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
