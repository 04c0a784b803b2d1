import SluiceCore
import Testing

@Suite("EndpointAddress in text")
struct EndpointAddressTests {
  @Test(
    "Text is read and written in one form",
    arguments: [
      ("127.0.0.1", "127.0.0.1"), ("127.0.0.1:80", "127.0.0.1:80"), ("0.0.0.0:65535", "0.0.0.0:65535"),
      ("255.255.255.255", "255.255.255.255"), ("127.0.0.1:0", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1"),
      ("[::1]:80", "[::1]:80"), ("::", "::"), ("2001:DB8::1", "2001:db8::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
      ("1::", "1::"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
      ("0:0:1:0:0:1:0:0", "::1:0:0:1:0:0"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
      ("::ffff:10.1.2.3", "::ffff:10.1.2.3"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("fe80::0001", "fe80::1"),
    ])
  func roundTrip(_ text: String, _ expected: String) throws {
    let address = try #require(EndpointAddress(text))
    #expect(address.description == expected)
    #expect(EndpointAddress(address.description) == address)
  }

  @Test(
    "What is not one address is refused",
    arguments: [
      "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:1a",
      "1.2.3.4:-1", " 1.2.3.4", "1.2.3.4 ", "1..3.4", ".1.2.3", "1.2.3.", "0x1.2.3.4", "localhost", "localhost:80",
      ":", ":::", "::1::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::12345", "::g",
      "1:", ":1", "[::1", "::1]", "[::1]x", "[::1]80", "[]:80", "[1.2.3.4]:80", "fe80::1%eth0", "::1.2.3",
      "::1.2.3.4:5", "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "[::1]:123456",
    ])
  func refused(_ text: String) {
    #expect(EndpointAddress(text) == nil)
  }

  @Test("Octets stand in network order")
  func octets() throws {
    let v4 = try #require(EndpointAddress("1.2.3.4:5"))
    #expect((0..<4).map(v4.octet) == [1, 2, 3, 4])
    #expect(v4 == .v4(1, 2, 3, 4, port: 5))
    let v6 = try #require(EndpointAddress("102:304:506:708:90a:b0c:d0e:f10"))
    #expect((0..<16).map(v6.octet) == Array(1...16))
  }

  @Test("The IPv6 form of an IPv4 address is the IPv4 address")
  func unmapped() throws {
    let mapped = try #require(EndpointAddress("[::ffff:10.0.0.1]:7"))
    #expect(mapped.unmapped == .v4(10, 0, 0, 1, port: 7))
    let other = try #require(EndpointAddress("::fffe:10.0.0.1"))
    #expect(other.unmapped == other)
  }

  @Test("Whatever the bytes are, reading them ends")
  func anyBytes() {
    let alphabet = Array("0123456789abcf:.[]%x ".utf8)
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      let bytes = (0..<Int(random.next() % 24)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      let text = String(decoding: bytes, as: UTF8.self)
      guard let address = EndpointAddress(text) else { continue }
      #expect(EndpointAddress(address.description) == address, "\(text)")
    }
  }
}
