import SluiceCore
import TestSupport
import Testing

@testable import SluiceGateway

@Suite struct NameFormTests {
  @Test(arguments: ["api", "api.test", "api.test.", "my_app.internal", "1.example", String(repeating: "a", count: 63)])
  func hostNamesAreValid(name: String) { #expect(DNSName.isValid(name)) }

  @Test(
    arguments: [
      "", ".", "a..b", ".a", "a b", "a\0b", "bücher.test", "a\\.b", String(repeating: "a", count: 64),
      Array(repeating: "abcdefg", count: 40).joined(separator: "."),
    ])
  func everythingElseIsNot(name: String) { #expect(!DNSName.isValid(name)) }

  @Test func absoluteNamesGetNoSearchDomain() {
    let domains = ["svc.test", "test."]
    #expect(DNSName.candidates(for: "api.", searchDomains: domains, dotsMin: 1) == ["api"])
    #expect(DNSName.candidates(for: "api", searchDomains: domains, dotsMin: 1) == ["api.svc.test", "api.test", "api"])
    #expect(DNSName.candidates(for: "a.b", searchDomains: domains, dotsMin: 1) == ["a.b", "a.b.svc.test", "a.b.test"])
    #expect(DNSName.candidates(for: "a.b", searchDomains: ["x"], dotsMin: 5) == ["a.b.x", "a.b"])
    #expect(DNSName.candidates(for: "api", searchDomains: [], dotsMin: 1) == ["api"])
  }

  @Test func wireNamesBecomeText() {
    #expect(DNSName.text(DNSWire.name("a.b-c.test")) == "a.b-c.test")
    #expect(DNSName.text([0]) == ".")
    #expect(DNSName.text([3, 0x61, 0x2E, 0x0A, 0]) == "a\\046\\010")
  }

  @Test func literalsAreReadAndWritten() {
    #expect(AddressLiteral.parse("192.0.2.1") == .v4(192, 0, 2, 1))
    #expect(AddressLiteral.parse("[2001:db8::7]") == .v6(7))
    #expect(AddressLiteral.parse("2001:db8::7") == .v6(7))
    for text in ["", "[]", "1.2.3", "1.2.3.4.5", "256.1.1.1", "fe80::1%lo", "[1.2.3.4]", "1.2.3.4\0", "api"] {
      #expect(AddressLiteral.parse(text) == nil, "\(text)")
    }
    #expect(AddressLiteral.text(.v6(7)) == "2001:db8::7")
    #expect(AddressLiteral.textWithPort(.v4(127, 0, 0, 1, port: 5353)) == "127.0.0.1:5353")
    #expect(AddressLiteral.parse("127.0.0.1:5353", defaultPort: 53) == .v4(127, 0, 0, 1, port: 5353))
    #expect(AddressLiteral.parse("127.0.0.1", defaultPort: 53)?.port == 53)
    #expect(AddressLiteral.parse("[::1]:54", defaultPort: 53)?.port == 54)
    #expect(AddressLiteral.parse("::1", defaultPort: 53)?.port == 53)
    for text in ["127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "[::1]:x"] {
      #expect(AddressLiteral.parse(text, defaultPort: 53) == nil, "\(text)")
    }
  }

  @Test func aChangedSystemFileIsSeenAtItsInterval() throws {
    let file = try TemporaryFile("")
    let start = Instant(nanoseconds: 0)
    var check = SystemCheck(path: file.path, isUsed: true)
    var unused = SystemCheck(path: file.path, isUsed: false)
    let isFirst = check.hasChanged(at: start)
    #expect(!isFirst)
    let isFirstUnused = unused.hasChanged(at: start)
    #expect(!isFirstUnused)
    try file.append("#")
    let isEarly = check.hasChanged(at: start + .milliseconds(999))
    #expect(!isEarly)
    let isDue = check.hasChanged(at: start + .seconds(1))
    #expect(isDue)
    let isLater = check.hasChanged(at: start + .seconds(2))
    #expect(!isLater)
    let isLaterUnused = unused.hasChanged(at: start + .seconds(2))
    #expect(!isLaterUnused)
  }

  @Test func hostsLinesAreRead() {
    let hosts = HostsFile(
      text: """
        # nothing
        192.0.2.1\tApi.Test  api # the application
        2001:db8::7 api.test
        192.0.2.1 api.test
        not-an-address broken
        192.0.2.9
        """)
    #expect(hosts.lookUp(key: "api.test") == [.v4(192, 0, 2, 1), .v6(7)])
    #expect(hosts.lookUp(key: "api") == [.v4(192, 0, 2, 1)])
    #expect(hosts.lookUp(key: "broken") == nil)
    #expect(hosts.ignored == 1)
  }
}
