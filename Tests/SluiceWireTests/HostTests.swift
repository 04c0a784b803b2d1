import SluiceWire
import Testing

@Suite struct HostTests {
  private func rule(_ target: String, _ host: String, method: String = "GET") -> WireRule? {
    do throws(WireFault) {
      _ = try ParsedRequest("\(method) \(target) HTTP/1.1\r\n\(host)\r\n")
      return nil
    } catch {
      return error.rule
    }
  }

  @Test(arguments: [
    "a", "example.com", "example.com:80", "example.com:", "127.0.0.1:65535", "[::1]", "[::1]:8080",
    "[2001:db8::ff00:42:8329]",
    "[1:2:3:4:5:6:7:8]", "[::]", "[::ffff:192.0.2.1]", "[1:2:3:4:5:6:7::]", "a_b", "xn--bcher-kva.example", "a%2Db",
    "!$&'()*+,;=",
  ])
  func takesAValidHost(host: String) {
    #expect(rule("/", "Host: \(host)\r\n") == nil)
  }

  @Test(arguments: [
    "", ":80", "a b", "a/b", "a?b", "user@a", "a:65536", "a:123456", "a:x", "a:80:80", "[::1", "::1", "[1:2:3]",
    "[1::2::3]",
    "[12345::]", "[1:2:3:4:5:6:7:8:9]", "[:1:2:3:4:5:6:7]", "[::1]x", "[::256.1.1.1]", "[::1.2.3]", "[fe80::1%25eth0]",
    "a%2", "a%zz", "a\\b", "h\u{e9}", "a,b@c", "[]", "[g::]",
  ])
  func refusesAnInvalidHost(host: String) {
    #expect(rule("/", "Host: \(host)\r\n") == .hostInvalid)
  }

  @Test func requiresExactlyOne() throws {
    #expect(rule("/", "") == .hostMissing)
    #expect(rule("/", "Host: a\r\nHost: a\r\n") == .hostDuplicate)
    #expect(try ParsedRequest("GET / HTTP/1.0\r\n\r\n").head.host.isEmpty)
  }

  @Test(arguments: [
    ("http://a/", "a"), ("http://a:80/", "A"), ("https://a/", "a:443"), ("http://A:8080/x", "a:8080"),
    ("HTTP://a", "a"),
  ])
  func anAbsoluteTargetAgreesWithHost(target: String, host: String) {
    #expect(rule(target, "Host: \(host)\r\n") == nil)
  }

  @Test(arguments: [
    ("http://a/", "b"), ("http://a/", ""), ("http://a/", "a:443"), ("https://a/", "a:80"), ("http://a:1/", "a:2"),
    ("http://ab/", "a"),
  ])
  func anAbsoluteTargetDisagreesWithHost(target: String, host: String) {
    #expect(rule(target, "Host: \(host)\r\n") == .hostMismatch)
  }

  @Test func connectComparesNamesOnly() {
    #expect(rule("a:443", "Host: a\r\n", method: "CONNECT") == nil)
    #expect(rule("a:443", "Host: b:443\r\n", method: "CONNECT") == .hostMismatch)
    #expect(rule("a", "Host: a\r\n", method: "CONNECT") == .targetConnect)
    #expect(rule("a:", "Host: a\r\n", method: "CONNECT") == .targetConnect)
    #expect(rule("/", "Host: a\r\n", method: "CONNECT") == .targetConnect)
    #expect(rule("a:443", "Host: a\r\n") == .targetConnect)
  }
}
