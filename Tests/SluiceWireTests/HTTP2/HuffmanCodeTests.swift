import Testing

@testable import SluiceWire

@Suite struct HuffmanCodeTests {
  private static func decode(_ bytes: [UInt8]) throws -> [UInt8] {
    var text: [UInt8] = []
    try HuffmanCode.shared.decode(bytes.span.bytes, into: &text)
    return text
  }

  private static func encode(_ text: [UInt8]) -> [UInt8] {
    var coded: [UInt8] = []
    HuffmanCode.shared.encode(text.span.bytes, into: &coded)
    return coded
  }

  /// RFC 7541 appendix C.4.1 and C.6.1.
  @Test(arguments: [
    ("www.example.com", "f1e3c2e5f23a6ba0ab90f4ff"), ("no-cache", "a8eb10649cbf"), ("302", "6402"),
    ("private", "aec3771a4b"), ("Mon, 21 Oct 2013 20:13:21 GMT", "d07abe941054d444a8200595040b8166e082a62d1bff"),
  ])
  func examples(text: String, hex: String) throws {
    #expect(Self.encode(Array(text.utf8)) == bytes(hex))
    #expect(try Self.decode(bytes(hex)) == Array(text.utf8))
  }

  @Test func everyByteComesBack() throws {
    for byte in UInt8.min...UInt8.max {
      for count in 1...9 {
        let text = [UInt8](repeating: byte, count: count)
        #expect(try Self.decode(Self.encode(text)) == text)
        #expect(HuffmanCode.shared.encodedLength(of: text.span.bytes) == Self.encode(text).count)
      }
    }
  }

  @Test func anyTextComesBack() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...60, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator)
      }
      #expect(try Self.decode(Self.encode(text)) == text, "\(text)")
    }
  }

  @Test(arguments: ["ff", "1fff", "f1e3c2e5f23a6ba0ab90f4fe", "00"])
  func paddingIsFewerThanEightOnes(hex: String) {
    #expect(throws: HuffmanCode.DecodingFault.padding) { try Self.decode(bytes(hex)) }
  }

  @Test func theEndOfAStringIsNoSymbol() {
    #expect(throws: HuffmanCode.DecodingFault.endOfString) { try Self.decode(bytes("ffffffff")) }
  }
}

/// Bytes of hexadecimal digits.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.utf8.compactMap { ASCII.hexValue($0) }
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
