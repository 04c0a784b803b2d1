import SluiceCore
import Testing

@Suite("ForwardedAddresses")
struct ForwardedAddressesTests {
  private func xff(_ values: String...) -> ForwardedAddresses {
    var result = ForwardedAddresses()
    for value in values {
      let bytes = Array(value.utf8)
      result.addForwardedFor(bytes.span.bytes)
    }
    return result
  }

  private func forwarded(_ values: String...) -> ForwardedAddresses {
    var result = ForwardedAddresses()
    for value in values {
      let bytes = Array(value.utf8)
      result.addForwarded(bytes.span.bytes)
    }
    return result
  }

  @Test("X-Forwarded-For is a list, over several lines too")
  func listOfAddresses() {
    let found = xff("10.0.0.1, 10.0.0.2:443 ,\t::1", "[2001:db8::1]:99")
    #expect(found.addresses.map(\.description) == ["10.0.0.1", "10.0.0.2:443", "::1", "[2001:db8::1]:99"])
    #expect(!found.hasUnknown)
  }

  @Test("Empty elements are nothing", arguments: ["", ",", " , ,", "10.0.0.1,,10.0.0.2"])
  func emptyElements(_ value: String) {
    #expect(!xff(value).hasUnknown)
  }

  @Test(
    "What is not an address is an unknown hop",
    arguments: ["unknown", "10.0.0.1, evil", "10.0.0.1 10.0.0.2", "\"10.0.0.1\""])
  func unknownHops(_ value: String) {
    #expect(xff(value).hasUnknown)
  }

  @Test("Forwarded gives the for of each element")
  func forwardedElements() {
    let found = forwarded(
      "for=192.0.2.43, For=\"[2001:db8:cafe::17]:4711\";proto=https", "proto=http;by=203.0.113.43 ; for=10.0.0.1")
    #expect(found.addresses.map(\.description) == ["192.0.2.43", "[2001:db8:cafe::17]:4711", "10.0.0.1"])
    #expect(!found.hasUnknown)
  }

  @Test(
    "Hidden, missing, double and unquotable nodes are unknown hops",
    arguments: [
      "for=_hidden", "for=unknown", "proto=https", "for=10.0.0.1;for=127.0.0.1", "for=\"10.0.0.1", "for=\"\\10.0.0.1\"",
      "for=",
    ])
  func unknownNodes(_ value: String) {
    #expect(forwarded(value).hasUnknown)
  }

  @Test("A delimiter inside quotes delimits nothing")
  func quotedDelimiters() {
    let found = forwarded("for=10.0.0.1;host=\"a,for=127.0.0.1;\\\",\", for=10.0.0.2")
    #expect(found.addresses.map(\.description) == ["10.0.0.1", "10.0.0.2"])
    #expect(!found.hasUnknown)
  }

  @Test("More hops than the bound are cut, and then not all are trusted")
  func bound() throws {
    let value = Array(repeating: "127.0.0.1", count: ForwardedAddresses.countMax)
    let set = AddressSet([try AddressRange("127.0.0.0/8")])
    let full = xff(value.joined(separator: ","))
    #expect(full.areAll(in: set))
    let over = xff(value.joined(separator: ","), "127.0.0.1")
    #expect(over.isTruncated)
    #expect(over.addresses.count == ForwardedAddresses.countMax)
    #expect(!over.areAll(in: set))
  }

  @Test("All are in a set only where each is known and lies in it")
  func areAllIn() throws {
    let set = AddressSet([try AddressRange("127.0.0.0/8")])
    #expect(ForwardedAddresses().areAll(in: set))
    #expect(xff("127.0.0.1, ::ffff:127.0.0.2").areAll(in: set))
    #expect(!xff("127.0.0.1, 10.0.0.1").areAll(in: set))
    #expect(!xff("127.0.0.1, unknown").areAll(in: set))
  }
}
