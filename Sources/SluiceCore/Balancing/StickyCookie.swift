/// The value of a sticky cookie: an endpoint's identity in text. The identity is a keyed hash, so the value tells a
/// client which answers came from the same endpoint and nothing else.
public enum StickyCookie {
  /// Characters of a value.
  public static let length = 13

  public static func value(_ identity: UInt64) -> String {
    var bytes: [UInt8] = []
    for index in 0..<length {
      let digit = UInt8(truncatingIfNeeded: identity >> UInt64(5 * (length - 1 - index))) & 31
      bytes.append(CrockfordBase32.character(digit))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The identity of a value, nil where it is not one.
  public static func identity(_ value: RawSpan) -> UInt64? {
    guard value.byteCount == length else { return nil }
    var identity: UInt64 = 0
    for offset in 0..<length {
      guard let digit = CrockfordBase32.digit(value.octet(offset)) else { return nil }
      // 13 characters hold one bit more than an identity has.
      if offset == 0, digit > 15 { return nil }
      identity = identity << 5 | UInt64(digit)
    }
    return identity
  }
}
