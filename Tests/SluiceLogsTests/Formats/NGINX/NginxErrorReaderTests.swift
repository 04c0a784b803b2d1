import Testing

@testable import SluiceLogs

@Suite("The reader of nginx' error log")
struct NginxErrorReaderTests {
  private func values(_ line: String) -> FieldValues? {
    let bytes = Array(line.utf8)
    var fields = FieldSet()
    guard NginxErrorReader.read(bytes.span.bytes, &fields) else { return nil }
    return FieldValues(fields, of: bytes.span.bytes)
  }

  private static let whole =
    "2026/11/26 20:53:08 [error] 24172#24170: *3 connect() failed (111: Connection refused) while connecting to "
    + "upstream, client: 192.0.2.7, server: shop.example, request: \"GET /a?b=1 HTTP/1.1\", subrequest: \"/auth\", "
    + "upstream: \"http://127.0.0.1:3000/a\", host: \"shop.example\", referrer: \"https://shop.example/\""

  @Test("every part has its field")
  func parts() {
    let values = values(Self.whole)
    #expect(values?[.time] == "2026/11/26 20:53:08")
    #expect(values?[.level] == "error")
    #expect(values?[.process] == "24172")
    #expect(values?[.thread] == "24170")
    #expect(values?[.connection] == "3")
    #expect(values?[.message] == "connect() failed (111: Connection refused) while connecting to upstream")
    #expect(values?[.client] == "192.0.2.7")
    #expect(values?[.route] == "shop.example")
    #expect(values?[.request] == "GET /a?b=1 HTTP/1.1")
    #expect(values?[.endpoint] == "http://127.0.0.1:3000/a")
    #expect(values?[.host] == "shop.example")
    #expect(values?[.referrer] == "https://shop.example/")
  }

  @Test("an entry has what the line tells")
  func entry() {
    let entry = LogFormatTable.standard.entry(ofLine: Self.whole)
    #expect(entry?.kind == .failure)
    #expect(entry?.time == 1_795_726_388_000)
    #expect(entry?.client == "192.0.2.7")
    #expect(entry?.route == "shop.example")
    #expect(entry?.method == "GET")
    #expect(entry?.path == "/a?b=1")
    #expect(entry?.host == "shop.example")
    #expect(entry?.connection == "3")
    #expect(entry?.process == 24172)
  }

  @Test("a request with quotes and commas does not end early")
  func quotes() {
    let values = values(
      "2026/11/26 20:53:08 [error] 1#1: *3 no live upstreams while connecting to upstream, client: 192.0.2.7, "
        + "server: a, request: \"GET /?x=\"y\", z HTTP/1.1\", upstream: \"http://app/\", host: \"a\"")
    #expect(values?[.request] == "GET /?x=\"y\", z HTTP/1.1")
    #expect(values?[.endpoint] == "http://app/")
    #expect(values?[.host] == "a")
  }

  @Test("a line is read however short it was cut")
  func cut() {
    for count in 0...Self.whole.utf8.count { _ = values(String(Self.whole.prefix(count))) }
    let request = values(String(Self.whole.prefix(185)))
    #expect(request?[.client] == "192.0.2.7")
    #expect(request?[.request]?.hasPrefix("GET /a") == true)
  }

  @Test("what else begins with a date is refused")
  func others() {
    #expect(values("2026/11/26 20:53:08 worker 12 started and does something else") == nil)
    #expect(values("2026-11-26 20:53:08 [error] 24172#24170: *3 connect() failed") == nil)
    #expect(values("2026/11/26 20:53:08 [error] no process here at all") == nil)
    #expect(values("") == nil)
  }

  @Test("what says nothing of a failure has no entry")
  func silent() {
    let line = "2026/11/26 20:53:08 [info] 24172#24172: *1 client 127.0.0.1 closed keepalive connection"
    #expect(LogFormatTable.standard.recognise(line)?.format == "nginx-error")
    #expect(LogFormatTable.standard.entry(ofLine: line) == nil)
  }

  @Test(
    "where a request went is an address, a socket or a name",
    arguments: [
      ("http://127.0.0.1:3000/path?x=1", "127.0.0.1:3000", nil),
      ("https://[2001:db8::1]:443/", "[2001:db8::1]:443", nil),
      ("http://unix:/run/app.sock:/path", "unix:/run/app.sock", nil),
      ("fastcgi://unix:/run/php.sock:", "unix:/run/php.sock", nil), ("http://app/path", nil, "app"),
      ("grpc://10.0.0.1:50051", "10.0.0.1:50051", nil), ("10.0.0.1:80", "10.0.0.1:80", nil), ("app", nil, "app"),
      ("", nil, nil), ("http://", nil, nil),
    ] as [(String, String?, String?)])
  func endpoints(text: String, endpoint: String?, upstream: String?) {
    #expect(EndpointText(text).endpoint == endpoint)
    #expect(EndpointText(text).upstream == upstream)
  }
}
