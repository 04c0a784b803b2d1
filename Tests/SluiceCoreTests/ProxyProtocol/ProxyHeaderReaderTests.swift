import SluiceCore
import Testing

@Suite struct ProxyHeaderReaderTests {
  private func read(_ bytes: [UInt8]) -> ProxyHeaderReader.Outcome { ProxyHeaderReader.read(bytes.span.bytes) }
  private func read(_ text: String) -> ProxyHeaderReader.Outcome { read(Array(text.utf8)) }

  /// A version 2 header.
  private static func v2(
    _ command: UInt8, _ family: UInt8, _ rest: [UInt8], length: Int? = nil
  ) -> [UInt8] {
    let count = length ?? rest.count
    return [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, command, family]
      + [UInt8(count >> 8), UInt8(count & 0xFF)] + rest
  }

  private static func v2(_ rest: [UInt8]) -> [UInt8] { v2(0x21, 0x11, rest) }

  private static let v4: [UInt8] = [192, 0, 2, 7, 198, 51, 100, 1, 0x1F, 0x90, 0x01, 0xBB]
  private static let v6: [UInt8] =
    [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [0x09] + [0x20, 0x01, 0x0D, 0xB8]
    + [UInt8](repeating: 0, count: 11) + [0x01] + [0x1F, 0x90, 0x01, 0xBB]

  private static let whole: [(bytes: [UInt8], client: String?)] = [
    (Array("PROXY TCP4 192.0.2.7 198.51.100.1 8080 443\r\n".utf8), "192.0.2.7:8080"),
    (Array("PROXY TCP6 2001:db8::9 2001:db8::1 8080 443\r\n".utf8), "[2001:db8::9]:8080"),
    (Array("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n".utf8), "255.255.255.255:65535"),
    (Array("PROXY TCP4 192.0.2.7 198.51.100.1 0 0\r\n".utf8), "192.0.2.7"),
    (Array("PROXY UNKNOWN\r\n".utf8), nil),
    (Array("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n".utf8), nil),
    (Array("PROXY TCP6 ::ffff:192.0.2.7 ::1 8080 443\r\n".utf8), "192.0.2.7:8080"),
    (v2(v4), "192.0.2.7:8080"),
    (v2(0x21, 0x21, v6), "[2001:db8::9]:8080"),
    // With additional fields, as balancers of clouds send them.
    (v2(0x21, 0x11, v4 + [0x03, 0x00, 0x04, 1, 2, 3, 4, 0xEA, 0x00, 0x02, 0x01, 0x61]), "192.0.2.7:8080"),
    (v2(0x21, 0x11, v4 + [UInt8](repeating: 0x04, count: 536 - 16 - 12)), "192.0.2.7:8080"),
    // LOCAL, and what names no client's address: the peer's stands.
    (v2(0x20, 0x00, []), nil),
    (v2(0x20, 0x11, v4), nil),
    (v2(0x20, 0x00, [1, 2, 3]), nil),
    (v2(0x21, 0x00, []), nil),
    (v2(0x21, 0x12, v4), nil),
    (v2(0x21, 0x31, [UInt8](repeating: 0x2F, count: 216)), nil),
  ]

  @Test func aHeaderIsReadWhereverTheNetworkCutsIt() throws {
    for (bytes, client) in Self.whole {
      for end in 0..<bytes.count {
        #expect(read(Array(bytes[..<end])) == .needMore, "\(text(bytes)) cut at \(end)")
      }
      // What stands behind belongs to the client.
      for rest in [[], Array("GET / HTTP/1.1\r\n\r\n".utf8), [0x16, 0x03, 0x01]] {
        guard case .complete(let header) = read(bytes + rest) else {
          Issue.record("\(text(bytes)) is not read: \(read(bytes + rest))")
          continue
        }
        #expect(header.length == bytes.count)
        #expect(header.client?.description == client)
      }
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [
    "GET / HTTP/1.1\r\n", "PROXYTCP4 ", "proxy TCP4 192.0.2.7 198.51.100.1 1 2\r\n", "\r\n\r\n\u{1}",
    "\u{16}\u{3}\u{1}",
    " PROXY TCP4", "X",
  ])
  func whatBeginsOtherwiseHasNoHeader(_ bytes: String) { #expect(read(bytes) == .failed(.missing)) }

  @Test func theFirstByteThatDiffersIsEnough() {
    for signature in [Array("PROXY ".utf8), Array(Self.v2([]).prefix(12))] {
      for index in 1..<signature.count {
        var bytes = Array(signature[...index])
        bytes[index] ^= 0x20
        #expect(read(bytes) == .failed(.missing), "\(index)")
      }
    }
  }

  @Test(arguments: [
    "PROXY \r\n", "PROXY TCP4\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n",
    "PROXY TCP5 192.0.2.7 198.51.100.1 1 2\r\n",
    "PROXY TCP4 192.0.2.7 198.51.100.1 1 2 3\r\n", "PROXY TCP4  192.0.2.7 198.51.100.1 1 2\r\n",
    "PROXY TCP4 192.0.2.7 198.51.100.1 1 2 \r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 1 65536\r\n",
    "PROXY TCP4 192.0.2.7 198.51.100.1 01 2\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 -1 2\r\n",
    "PROXY TCP4 192.0.2 198.51.100.1 1 2\r\n", "PROXY TCP4 192.0.2.07 198.51.100.1 1 2\r\n",
    "PROXY TCP4 2001:db8::9 2001:db8::1 1 2\r\n", "PROXY TCP6 192.0.2.7 198.51.100.1 1 2\r\n",
    "PROXY TCP6 [2001:db8::9] 2001:db8::1 1 2\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 1 2\n",
    "PROXY TCP4 192.0.2.7 name.test 1 2\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 1 2\t\r\n", "PROXY UNKNOWNX\r\n",
    "PROXY unknown\r\n", "PROXY TCP4\t192.0.2.7 198.51.100.1 1 2\r\n",
  ])
  func aLineThatBreaksTheRulesIsRefused(_ line: String) { #expect(read(line) == .failed(.malformed)) }

  @Test func lengthsHaveABound() {
    let spaces = String(repeating: " ", count: 107 - 13)
    #expect(read("PROXY UNKNOWN" + spaces) == .failed(.tooLong))
    #expect(read("PROXY UNKNOWN" + spaces.dropLast()) == .needMore)
    #expect(read("PROXY UNKNOWN" + spaces.dropLast(2) + "\r\n") != .failed(.tooLong))
    // The length is refused as soon as it is known, before any of what it promises has come.
    #expect(read(Self.v2(0x21, 0x11, [], length: 536 - 16 + 1)) == .failed(.tooLong))
    #expect(read(Self.v2(0x21, 0x11, [], length: 0xFFFF)) == .failed(.tooLong))
    #expect(read(Self.v2(0x20, 0x00, [], length: 0xFFFF)) == .failed(.tooLong))
    #expect(read(Self.v2(0x21, 0x11, [], length: 536 - 16)) == .needMore)
  }

  @Test func versionsAndCommandsThatDoNotExistAreRefused() {
    for command in UInt8.min...UInt8.max where command != 0x20 && command != 0x21 {
      #expect(read(Self.v2(command, 0x11, Self.v4)) == .failed(.unknown), "\(command)")
      #expect(read(Array(Self.v2(command, 0x11, Self.v4).prefix(13))) == .failed(.unknown), "\(command)")
    }
    for family in UInt8.min...UInt8.max where ![0x00, 0x11, 0x12, 0x21, 0x22, 0x31, 0x32].contains(family) {
      #expect(read(Self.v2(0x21, family, [UInt8](repeating: 0, count: 216))) == .failed(.malformed), "\(family)")
    }
  }

  @Test func addressesThatDoNotFitTheLengthAreRefused() {
    #expect(read(Self.v2(0x21, 0x11, Array(Self.v4.dropLast()))) == .failed(.malformed))
    #expect(read(Self.v2(0x21, 0x21, Array(Self.v6.dropLast()))) == .failed(.malformed))
    #expect(read(Self.v2(0x21, 0x31, [UInt8](repeating: 0, count: 215))) == .failed(.malformed))
  }

  @Test func noBytesTrapTheReader() {
    var random = SplitMix64(seed: 7)
    for round in 0..<20_000 {
      var bytes = Self.whole[round % Self.whole.count].bytes
      for _ in 0..<Int(random.next() % 4) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      bytes = Array(bytes.prefix(Int(random.next() % UInt64(bytes.count + 1))))
      if case .complete(let header) = read(bytes) { #expect(header.length <= bytes.count) }
    }
  }
}
