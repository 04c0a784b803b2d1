/// What a server chose in the first message of a TLS handshake (RFC 8446 section 4.1.3), read for evidence alone: the
/// handshake itself is the TLS library's.
public struct ServerHello: Equatable, Sendable {
  /// As on the wire: 0x0303 is TLS 1.2, 0x0304 is TLS 1.3.
  public var version: UInt16
  /// The number of the cipher suite in IANA's registry.
  public var cipher: UInt16

  /// nil where the bytes do not begin with a ServerHello as far as its cipher suite.
  public init?(_ bytes: RawSpan) {
    var cursor = Cursor()
    // The record's kind is handshake, the message's is server_hello; the lengths of both are not needed.
    guard cursor.octet(of: bytes) == 22, cursor.skip(4, in: bytes), cursor.octet(of: bytes) == 2,
      cursor.skip(3, in: bytes), let legacy = cursor.word(of: bytes), cursor.skip(32, in: bytes),
      let idLength = cursor.octet(of: bytes), cursor.skip(Int(idLength), in: bytes),
      let suite = cursor.word(of: bytes)
    else { return nil }
    cipher = suite
    version = legacy
    guard cursor.skip(1, in: bytes), let length = cursor.word(of: bytes) else { return }
    let end = cursor.offset + Int(length)
    while cursor.offset + 4 <= end, let kind = cursor.word(of: bytes), let size = cursor.word(of: bytes) {
      if kind == Self.supportedVersions, let chosen = cursor.word(of: bytes) {
        version = chosen
        return
      }
      guard cursor.skip(Int(size), in: bytes) else { return }
    }
  }

  /// The extension in which TLS 1.3 says that it is TLS 1.3 (RFC 8446 section 4.2.1).
  private static let supportedVersions: UInt16 = 43

  private struct Cursor {
    var offset = 0

    mutating func octet(of bytes: RawSpan) -> UInt8? {
      guard offset < bytes.byteCount else { return nil }
      defer { offset += 1 }
      return bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    mutating func word(of bytes: RawSpan) -> UInt16? {
      guard let high = octet(of: bytes), let low = octet(of: bytes) else { return nil }
      return UInt16(high) << 8 | UInt16(low)
    }

    mutating func skip(_ count: Int, in bytes: RawSpan) -> Bool {
      guard count <= bytes.byteCount - offset else { return false }
      offset += count
      return true
    }
  }

  public var versionName: String {
    switch version {
    case 0x0300: "SSL 3.0"
    case 0x0301: "TLS 1.0"
    case 0x0302: "TLS 1.1"
    case 0x0303: "TLS 1.2"
    case 0x0304: "TLS 1.3"
    default: Self.hexadecimal(version)
    }
  }

  /// The suites that servers of today choose, and the old ones that a mismatch is most often about.
  public var cipherName: String {
    switch cipher {
    case 0x1301: "TLS_AES_128_GCM_SHA256"
    case 0x1302: "TLS_AES_256_GCM_SHA384"
    case 0x1303: "TLS_CHACHA20_POLY1305_SHA256"
    case 0xC02B: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    case 0xC02C: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    case 0xC02F: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    case 0xC030: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    case 0xCCA8: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    case 0xCCA9: "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    case 0xC009: "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
    case 0xC00A: "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
    case 0xC013: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
    case 0xC014: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
    case 0x002F: "TLS_RSA_WITH_AES_128_CBC_SHA"
    case 0x0035: "TLS_RSA_WITH_AES_256_CBC_SHA"
    case 0x009C: "TLS_RSA_WITH_AES_128_GCM_SHA256"
    case 0x009D: "TLS_RSA_WITH_AES_256_GCM_SHA384"
    default: Self.hexadecimal(cipher)
    }
  }

  private static func hexadecimal(_ number: UInt16) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
