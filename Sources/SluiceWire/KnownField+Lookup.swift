/// The table of names.
///
/// A name is compared as machine words: up to eight bytes as one word, more as overlapping words from its start, at
/// eight, and up to its end. A pair of numbers is the bit 5 of a word's letters and the word in lower case,
/// little-endian: a letter in either case is the same once that bit is set, while a hyphen or digit must match as it
/// is, so that no other byte is taken for it. The length is decided first, so that most names cost two or three
/// comparisons.
extension KnownField {
  /// The known field whose name has exactly these words, or `.unknown`.
  @inline(__always)
  static func lookUp(_ words: NameWords) -> KnownField {
    switch words.count {
    case ...8: upTo8(words)
    case ...11: upTo11(words)
    case ...14: upTo14(words)
    case ...16: upTo16(words)
    case ...nameLengthMax: beyond16(words)
    default: .unknown
    }
  }

  private static func upTo8(_ words: NameWords) -> KnownField {
    switch words.count {
    case 2:
      if words.first | 0x0000_0000_0000_2020 == 0x0000_0000_0000_6574 { return .te }
    case 3:
      if words.first | 0x0000_0000_0020_2020 == 0x0000_0000_0061_6976 { return .via }
      if words.first | 0x0000_0000_0020_2020 == 0x0000_0000_0065_6761 { return .age }
    case 4:
      if words.first | 0x0000_0000_2020_2020 == 0x0000_0000_7473_6f68 { return .host }
      if words.first | 0x0000_0000_2020_2020 == 0x0000_0000_6574_6164 { return .date }
      if words.first | 0x0000_0000_2020_2020 == 0x0000_0000_7972_6176 { return .vary }
      if words.first | 0x0000_0000_2020_2020 == 0x0000_0000_6761_7465 { return .etag }
    case 5:
      if words.first | 0x0000_0020_2020_2020 == 0x0000_0065_676e_6172 { return .range }
    case 6:
      if words.first | 0x0000_2020_2020_2020 == 0x0000_7463_6570_7865 { return .expect }
      if words.first | 0x0000_2020_2020_2020 == 0x0000_6569_6b6f_6f63 { return .cookie }
      if words.first | 0x0000_2020_2020_2020 == 0x0000_7470_6563_6361 { return .accept }
      if words.first | 0x0000_2020_2020_2020 == 0x0000_7265_7672_6573 { return .server }
      if words.first | 0x0000_2020_2020_2020 == 0x0000_616d_6761_7270 { return .pragma }
      if words.first | 0x0000_2020_2020_2020 == 0x0000_6e69_6769_726f { return .origin }
    case 7:
      if words.first | 0x0020_2020_2020_2020 == 0x0072_656c_6961_7274 { return .trailer }
      if words.first | 0x0020_2020_2020_2020 == 0x0065_6461_7267_7075 { return .upgrade }
      if words.first | 0x0020_2020_2020_2020 == 0x0072_6572_6566_6572 { return .referer }
    case 8:
      if words.first | 0x2020_2020_2020_2020 == 0x6e6f_6974_6163_6f6c { return .location }
    default: break
    }
    return .unknown
  }

  private static func upTo11(_ words: NameWords) -> KnownField {
    switch words.count {
    case 9:
      if words.match(0x2020_2020_2020_2020, 0x6564_7261_7772_6f66, 0x2020_2020_2020_2020, 0x6465_6472_6177_726f) {
        return .forwarded
      }
      if words.match(0x2000_2020_2020_0020, 0x692d_6c61_6572_2d78, 0x2020_0020_2020_2000, 0x7069_2d6c_6165_722d) {
        return .xRealIP
      }
    case 10:
      if words.match(0x2020_2020_2020_2020, 0x6974_6365_6e6e_6f63, 0x2020_2020_2020_2020, 0x6e6f_6974_6365_6e6e) {
        return .connection
      }
      if words.match(0x2020_2000_2020_2020, 0x696c_612d_7065_656b, 0x2020_2020_2000_2020, 0x6576_696c_612d_7065) {
        return .keepAlive
      }
      if words.match(0x2020_2020_2020_2020, 0x6174_7365_6361_7274, 0x2020_2020_2020_2020, 0x6574_6174_7365_6361) {
        return .tracestate
      }
      if words.match(0x2020_2000_2020_2020, 0x6567_612d_7265_7375, 0x2020_2020_2000_2020, 0x746e_6567_612d_7265) {
        return .userAgent
      }
      if words.match(0x2020_2020_0020_2020, 0x6b6f_6f63_2d74_6573, 0x2020_2020_2020_0020, 0x6569_6b6f_6f63_2d74) {
        return .setCookie
      }
    case 11:
      if words.match(0x2020_2020_2020_2020, 0x7261_7065_6361_7274, 0x2020_2020_2020_2020, 0x746e_6572_6170_6563) {
        return .traceparent
      }
      if words.match(0x2020_0020_2020_2020, 0x6661_2d79_7274_6572, 0x2020_2020_2000_2020, 0x7265_7466_612d_7972) {
        return .retryAfter
      }
      if words.match(0x2020_2000_2020_2020, 0x6174_732d_6370_7267, 0x2020_2020_2020_0020, 0x7375_7461_7473_2d63) {
        return .grpcStatus
      }
      if words.match(0x2000_2020_2020_2020, 0x632d_746e_6569_6c63, 0x2020_2020_0020_2020, 0x7472_6563_2d74_6e65) {
        return .clientCert
      }
    default: break
    }
    return .unknown
  }

  private static func upTo14(_ words: NameWords) -> KnownField {
    switch words.count {
    case 12:
      if words.match(0x2020_2020_2020_0020, 0x7365_7571_6572_2d78, 0x2020_0020_2020_2020, 0x6469_2d74_7365_7571) {
        return .xRequestID
      }
      if words.match(0x0020_2020_2020_2020, 0x2d74_6e65_746e_6f63, 0x2020_2020_0020_2020, 0x6570_7974_2d74_6e65) {
        return .contentType
      }
      if words.match(0x2020_0020_2020_2020, 0x7473_2d79_786f_7270, 0x2020_2020_2020_0020, 0x7375_7461_7473_2d79) {
        return .proxyStatus
      }
      if words.match(0x2020_2000_2020_2020, 0x6d69_742d_6370_7267, 0x2020_2020_2020_2000, 0x7475_6f65_6d69_742d) {
        return .grpcTimeout
      }
      if words.match(0x2020_2020_0020_2020, 0x7772_6f66_2d78_616d, 0x2020_2020_2020_2020, 0x7364_7261_7772_6f66) {
        return .maxForwards
      }
    case 13:
      if words.match(0x2020_2020_2020_2020, 0x7a69_726f_6874_7561, 0x2020_2020_2020_2020, 0x6e6f_6974_617a_6972) {
        return .authorization
      }
      if words.match(0x0020_2020_2020_2020, 0x2d74_6e65_746e_6f63, 0x2020_2020_2000_2020, 0x6567_6e61_722d_746e) {
        return .contentRange
      }
      if words.match(0x2020_0020_2020_2020, 0x6f63_2d65_6863_6163, 0x2020_2020_2020_2000, 0x6c6f_7274_6e6f_632d) {
        return .cacheControl
      }
      if words.match(0x2020_2000_2020_2020, 0x646f_6d2d_7473_616c, 0x2020_2020_2020_2020, 0x6465_6966_6964_6f6d) {
        return .lastModified
      }
      if words.match(0x0020_2020_2000_2020, 0x2d65_6e6f_6e2d_6669, 0x2020_2020_2000_2020, 0x6863_7461_6d2d_656e) {
        return .ifNoneMatch
      }
    case 14:
      if words.match(0x0020_2020_2020_2020, 0x2d74_6e65_746e_6f63, 0x2020_2020_2020_0020, 0x6874_676e_656c_2d74) {
        return .contentLength
      }
      if words.match(0x2020_0000_2020_2020, 0x6573_2d32_7074_7468, 0x2020_2020_2020_2020, 0x7367_6e69_7474_6573) {
        return .http2Settings
      }
    default: break
    }
    return .unknown
  }

  private static func upTo16(_ words: NameWords) -> KnownField {
    switch words.count {
    case 15:
      if words.match(0x2020_2020_2020_0020, 0x7261_7772_6f66_2d78, 0x2020_2000_2020_2020, 0x726f_662d_6465_6472) {
        return .xForwardedFor
      }
      if words.match(0x2000_2020_2020_2020, 0x652d_7470_6563_6361, 0x2020_2020_2020_2020, 0x676e_6964_6f63_6e65) {
        return .acceptEncoding
      }
      if words.match(0x2000_2020_2020_2020, 0x6c2d_7470_6563_6361, 0x2020_2020_2020_2020, 0x6567_6175_676e_616c) {
        return .acceptLanguage
      }
      if words.match(0x2000_2020_2020_2020, 0x692d_6563_6975_6c73, 0x2020_2020_2020_2020, 0x746e_6564_6963_6e69) {
        return .sluiceIncident
      }
    case 16:
      if words.match(0x2020_0020_2020_2020, 0x6f63_2d79_786f_7270, 0x2020_2020_2020_2020, 0x6e6f_6974_6365_6e6e) {
        return .proxyConnection
      }
      if words.match(0x2020_2020_2020_0020, 0x7261_7772_6f66_2d78, 0x2020_2020_0020_2020, 0x7473_6f68_2d64_6564) {
        return .xForwardedHost
      }
      if words.match(0x2020_2020_2020_0020, 0x7261_7772_6f66_2d78, 0x2020_2020_0020_2020, 0x7472_6f70_2d64_6564) {
        return .xForwardedPort
      }
      if words.match(0x2020_2020_0020_2020, 0x6874_7561_2d77_7777, 0x2020_2020_2020_2020, 0x6574_6163_6974_6e65) {
        return .wwwAuthenticate
      }
      if words.match(0x0020_2020_2020_2020, 0x2d74_6e65_746e_6f63, 0x2020_2020_2020_2020, 0x676e_6964_6f63_6e65) {
        return .contentEncoding
      }
    default: break
    }
    return .unknown
  }

  private static func beyond16(_ words: NameWords) -> KnownField {
    switch words.count {
    case 17:
      if words.match(0x2020_2020_2020_2020, 0x7265_6673_6e61_7274, 0x2020_2020_2020_2020, 0x676e_6964_6f63_6e65),
        words.second | 0x2020_2020_2020_2000 == 0x6e69_646f_636e_652d
      {
        return .transferEncoding
      }
      if words.match(0x2020_2020_2020_0020, 0x7261_7772_6f66_2d78, 0x2020_2020_2000_2020, 0x6f74_6f72_702d_6465),
        words.second | 0x2020_2020_0020_2020 == 0x746f_7270_2d64_6564
      {
        return .xForwardedProto
      }
      if words.match(0x2020_2020_0020_2020, 0x7362_6577_2d63_6573, 0x2020_2000_2020_2020, 0x7965_6b2d_7465_6b63),
        words.second | 0x2020_0020_2020_2020 == 0x656b_2d74_656b_636f
      {
        return .secWebSocketKey
      }
      if words.match(0x2000_2020_2020_2020, 0x632d_746e_6569_6c63, 0x2020_2020_2000_2020, 0x6e69_6168_632d_7472),
        words.second | 0x2020_2020_0020_2020 == 0x6961_6863_2d74_7265
      {
        return .clientCertChain
      }
    case 18:
      if words.match(0x2020_2020_2020_0020, 0x7261_7772_6f66_2d78, 0x2020_2020_2020_0020, 0x7265_7672_6573_2d64),
        words.second | 0x2020_2020_0020_2020 == 0x7672_6573_2d64_6564
      {
        return .xForwardedServer
      }
      if words.match(0x2020_0020_2020_2020, 0x7561_2d79_786f_7270, 0x2020_2020_2020_2020, 0x6574_6163_6974_6e65),
        words.second | 0x2020_2020_2020_2020 == 0x6163_6974_6e65_6874
      {
        return .proxyAuthenticate
      }
    case 19:
      if words.match(0x2020_0020_2020_2020, 0x7561_2d79_786f_7270, 0x2020_2020_2020_2020, 0x6e6f_6974_617a_6972),
        words.second | 0x2020_2020_2020_2020 == 0x7461_7a69_726f_6874
      {
        return .proxyAuthorization
      }
    case 20:
      if words.match(0x2020_2020_0020_2020, 0x7362_6577_2d63_6573, 0x2020_2020_2020_0020, 0x7470_6563_6361_2d74),
        words.second | 0x2020_0020_2020_2020 == 0x6361_2d74_656b_636f
      {
        return .secWebSocketAccept
      }
    case 21:
      if words.match(0x2020_2020_0020_2020, 0x7362_6577_2d63_6573, 0x2020_2020_2020_2000, 0x6e6f_6973_7265_762d),
        words.second | 0x2020_0020_2020_2020 == 0x6576_2d74_656b_636f
      {
        return .secWebSocketVersion
      }
    case 22:
      if words.match(0x2020_2020_0020_2020, 0x7362_6577_2d63_6573, 0x2020_2020_2020_2020, 0x6c6f_636f_746f_7270),
        words.second | 0x2020_0020_2020_2020 == 0x7270_2d74_656b_636f
      {
        return .secWebSocketProtocol
      }
    case 24:
      if words.match(0x2020_2020_0020_2020, 0x7362_6577_2d63_6573, 0x2020_2020_2020_2020, 0x736e_6f69_736e_6574),
        words.second | 0x2020_0020_2020_2020 == 0x7865_2d74_656b_636f
      {
        return .secWebSocketExtensions
      }
    default: break
    }
    return .unknown
  }
}

extension NameWords {
  /// The first and the last eight bytes are these words in lower case; the masks are the bits that letters may lack.
  @inline(__always)
  fileprivate func match(_ firstMask: UInt64, _ firstWord: UInt64, _ lastMask: UInt64, _ lastWord: UInt64) -> Bool {
    first | firstMask == firstWord && last | lastMask == lastWord
  }
}
