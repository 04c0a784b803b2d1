/// A set of known fields in one word.
public struct KnownFieldSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt64

  @inlinable
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The set of one field; `.unknown` gives the empty set.
  @inlinable
  public init(_ field: KnownField) {
    rawValue = field == .unknown ? 0 : 1 << UInt64(field.rawValue)
  }

  @inlinable
  public init(_ fields: KnownField...) {
    rawValue = fields.reduce(0) { $0 | KnownFieldSet($1).rawValue }
  }

  @inlinable
  public func contains(_ field: KnownField) -> Bool {
    rawValue & KnownFieldSet(field).rawValue != 0
  }

  /// Fields that are for one connection only, named in `Connection` or not (RFC 9110 7.6.1, 7.8, 10.1.4).
  public static let hopByHop = KnownFieldSet(
    .connection, .keepAlive, .proxyConnection, .te, .transferEncoding, .upgrade, .http2Settings)
}
