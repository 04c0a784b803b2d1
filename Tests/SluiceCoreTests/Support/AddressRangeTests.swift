import SluiceCore
import Testing

@Suite("AddressRange and AddressSet")
struct AddressRangeTests {
  @Test(
    "A range holds what shares its prefix",
    arguments: [
      ("127.0.0.0/8", "127.255.255.255", true), ("127.0.0.0/8", "128.0.0.0", false), ("0.0.0.0/0", "8.8.8.8", true),
      ("10.0.0.1", "10.0.0.1:99", true), ("10.0.0.1/32", "10.0.0.2", false), ("::1", "::1", true),
      ("::1", "::2", false), ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
      ("fe80::/65", "fe80::7fff:0:0:1", true), ("fe80::/65", "fe80::8000:0:0:1", false), ("::/0", "::1", true),
      ("::/0", "10.0.0.1", false), ("0.0.0.0/0", "::1", false), ("10.0.0.0/8", "::ffff:10.2.3.4", true),
      ("::ffff:10.0.0.0/104", "10.2.3.4", true), ("::ffff:10.0.0.0/104", "11.2.3.4", false),
    ])
  func contains(_ range: String, _ address: String, _ expected: Bool) throws {
    let range = try AddressRange(range)
    let address = try #require(EndpointAddress(address))
    #expect(range.contains(address) == expected)
    #expect(AddressSet([range]).contains(address) == expected)
  }

  @Test("Unix sockets have a range of their own")
  func unix() throws {
    let set = AddressSet([try AddressRange("unix")])
    #expect(set.contains(.unix))
    #expect(!set.contains(.v4(127, 0, 0, 1)))
    #expect(!set.contains(.none))
    #expect(!AddressSet([try AddressRange("0.0.0.0/0"), try AddressRange("::/0")]).contains(.unix))
  }

  @Test("Mistakes are told apart")
  func mistakes() {
    #expect(throws: AddressRange.Mistake.address) { try AddressRange("10.0.0/8") }
    #expect(throws: AddressRange.Mistake.address) { try AddressRange("10.0.0.0:80/8") }
    #expect(throws: AddressRange.Mistake.address) { try AddressRange("") }
    #expect(throws: AddressRange.Mistake.prefixLength) { try AddressRange("10.0.0.0/33") }
    #expect(throws: AddressRange.Mistake.prefixLength) { try AddressRange("10.0.0.0/") }
    #expect(throws: AddressRange.Mistake.prefixLength) { try AddressRange("::/129") }
    #expect(throws: AddressRange.Mistake.hostBits(suggestion: "10.0.0.0/8")) { try AddressRange("10.0.0.1/8") }
    #expect(throws: AddressRange.Mistake.hostBits(suggestion: "::/64")) { try AddressRange("::1/64") }
  }

  @Test("A set of many ranges holds exactly what one of them holds")
  func setAgreesWithRanges() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<50 {
      let ranges = try (0..<20).map { _ in
        let length = Int(random.next() % 17) + 8
        let number = UInt32(truncatingIfNeeded: random.next()) & (~0 << UInt32(32 - length))
        return try AddressRange("\(EndpointAddress.v4(number))/\(length)")
      }
      let set = AddressSet(ranges)
      for _ in 0..<200 {
        var address = EndpointAddress.v4(UInt32(truncatingIfNeeded: random.next()))
        // Half of the addresses lie at the edge of a range.
        if random.next() & 1 == 0 { address = ranges[Int(random.next() % 20)].first }
        #expect(set.contains(address) == ranges.contains { $0.contains(address) })
      }
    }
  }

  @Test("The empty set holds nothing")
  func empty() {
    #expect(AddressSet.empty.isEmpty)
    #expect(!AddressSet.empty.contains(.v4(0, 0, 0, 0)))
  }
}
