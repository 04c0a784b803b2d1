/// What the fields of a head say, without their texts.
public struct HeadFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The connection may carry another message after this one (RFC 9112 9.3): version and `Connection` taken together.
  public static let keepAlive = HeadFlags(rawValue: 1 << 0)
  /// `Connection: close` was there.
  public static let close = HeadFlags(rawValue: 1 << 1)
  /// `Upgrade` was there and `Connection` names it (RFC 9110 7.8).
  public static let upgrade = HeadFlags(rawValue: 1 << 2)
  /// `Expect: 100-continue` in HTTP/1.1 (RFC 9110 10.1.1).
  public static let expectContinue = HeadFlags(rawValue: 1 << 3)
  /// An expectation other than 100-continue, which may be answered 417.
  public static let unknownExpectation = HeadFlags(rawValue: 1 << 4)
  /// `TE: trailers` (RFC 9110 10.1.4).
  public static let teTrailers = HeadFlags(rawValue: 1 << 5)
  /// A `Trailer` field announces trailers (RFC 9110 6.6.2).
  public static let hasTrailerField = HeadFlags(rawValue: 1 << 6)
  /// At least one field line is marked `needsRewrite`.
  public static let repaired = HeadFlags(rawValue: 1 << 7)
  /// A `Connection` option names a field of its own, so that more than the well-known fields are hop-by-hop.
  public static let nominatesFields = HeadFlags(rawValue: 1 << 8)
  /// An HTTP/2 CONNECT that names a protocol (RFC 8441), told as an upgrade.
  public static let extendedConnect = HeadFlags(rawValue: 1 << 9)
}
