import SluiceCore
import Testing

/// Who the client is behind proxies that are believed.
@Suite struct ForwardedClientTests {
  private static let proxies = AddressSet(["10.0.0.0/8"].compactMap { try? AddressRange($0) })

  private func client(_ forwardedFor: [String], peer: String = "10.0.0.1") throws -> String {
    var addresses = ForwardedAddresses()
    for value in forwardedFor {
      let bytes = Array(value.utf8)
      addresses.addForwardedFor(bytes.span.bytes)
    }
    let peer = try #require(EndpointAddress(peer))
    return addresses.client(behind: peer, trusting: Self.proxies).description
  }

  @Test(
    arguments: [
      ([], "10.0.0.1"),
      (["192.0.2.1"], "192.0.2.1"),
      // What the client itself claimed stands in front.
      (["198.51.100.7, 192.0.2.1"], "192.0.2.1"),
      (["198.51.100.7", "192.0.2.1"], "192.0.2.1"),
      (["192.0.2.1, 10.0.0.2, 10.0.0.3"], "192.0.2.1"),
      (["10.0.0.9, 10.0.0.2"], "10.0.0.9"),
      // A proxy that did not know its client: nothing in front of it is certain.
      (["192.0.2.1, unknown"], "10.0.0.1"),
      (["192.0.2.1, unknown, 10.0.0.2"], "10.0.0.2"),
      (["unknown, 192.0.2.1"], "192.0.2.1"),
      ([String(repeating: "192.0.2.1,", count: 65)], "10.0.0.1"),
    ] as [([String], String)])
  func theNearestHopThatIsNotAProxy(_ fields: [String], _ expected: String) throws {
    #expect(try client(fields) == expected)
  }

  @Test func aStrangersFieldsAreNotRead() throws {
    #expect(try client(["198.51.100.7"], peer: "192.0.2.9") == "192.0.2.9")
  }

  @Test func anUnknownHopOfForwardedCountsToo() throws {
    var addresses = ForwardedAddresses()
    let bytes = Array("for=192.0.2.1, for=_hidden, for=10.0.0.2".utf8)
    addresses.addForwarded(bytes.span.bytes)
    let peer = try #require(EndpointAddress("10.0.0.1"))
    #expect(addresses.client(behind: peer, trusting: Self.proxies).description == "10.0.0.2")
  }

  @Test func aNetworkIsAnAddressOrTheFirstHalfOfOne() throws {
    func network(_ text: String) throws -> String { try #require(EndpointAddress(text)).network.description }
    #expect(try network("192.0.2.1:80") == "192.0.2.1")
    #expect(try network("[2001:db8:1:2:3:4:5:6]:80") == "2001:db8:1:2::")
    #expect(try network("2001:db8:1:2:ffff::") == "2001:db8:1:2::")
    #expect(try network("::ffff:192.0.2.1") == "192.0.2.1")
  }
}
