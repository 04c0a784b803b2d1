import SluiceWire
import Testing

@Suite struct RequestLineTests {
  @Test func dividesAnOriginTarget() throws {
    let request = try ParsedRequest("GET /a/b?c=d&e HTTP/1.1\r\nHost: example.com:8080\r\n\r\n")
    #expect(request.head.method == .get)
    #expect(request[request.head.methodText] == "GET")
    #expect(request[request.head.target] == "/a/b?c=d&e")
    #expect(request[request.head.path] == "/a/b")
    #expect(request[request.head.query] == "c=d&e")
    #expect(request[request.head.host] == "example.com:8080")
    #expect(request.head.authority.isEmpty)
    #expect(request.head.form == .origin)
    #expect(request.head.version == .http11)
    #expect(request.head.framing == .none)
    #expect(request.head.flags == .keepAlive)
  }

  @Test func dividesAnAbsoluteTarget() throws {
    let request = try ParsedRequest("GET http://Example.com/a?b HTTP/1.1\r\nHost: example.com:80\r\n\r\n")
    #expect(request.head.form == .absolute)
    #expect(request[request.head.authority] == "Example.com")
    #expect(request[request.head.host] == "Example.com")
    #expect(request[request.head.path] == "/a")
    #expect(request[request.head.query] == "b")
  }

  @Test func anAbsoluteTargetMayLackAPath() throws {
    let request = try ParsedRequest("OPTIONS https://example.com?q HTTP/1.1\r\nHost: example.com:443\r\n\r\n")
    #expect(request.head.path.isEmpty)
    #expect(request[request.head.query] == "q")
  }

  @Test func readsAnAuthorityTarget() throws {
    let request = try ParsedRequest("CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]\r\n\r\n")
    #expect(request.head.method == .connect)
    #expect(request.head.form == .authority)
    #expect(request[request.head.host] == "[::1]:443")
    #expect(request.head.path.isEmpty)
  }

  @Test func readsAnAsteriskTarget() throws {
    let request = try ParsedRequest("OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n")
    #expect(request.head.form == .asterisk)
    #expect(request.head.host.isEmpty)
    #expect(request.head.path.isEmpty)
  }

  @Test(arguments: zip(Method.allCases.map { "\($0)".uppercased() }, Method.allCases))
  func knowsEveryMethod(text: String, method: Method) throws {
    let target = method == .connect ? "h:1" : "/"
    #expect(try ParsedRequest("\(text) \(target) HTTP/1.1\r\nHost: h\r\n\r\n").head.method == method)
  }

  @Test(arguments: ["get", "Get", "GETS", "GE", "M-SEARCH", "PROPFIND", "OPTIONSX"])
  func methodsAreCaseSensitiveTokens(text: String) throws {
    let request = try ParsedRequest("\(text) / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(request.head.method == .other)
    #expect(request[request.head.methodText] == text)
  }

  @Test func tellsSafeFromIdempotentMethods() {
    #expect(Method.allCases.filter(\.isSafe) == [.get, .head, .options, .trace])
    #expect(Method.allCases.filter(\.isIdempotent) == [.get, .head, .put, .delete, .options, .trace])
  }

  @Test(arguments: [
    ("1.0", HTTPVersion.http10), ("1.1", .http11), ("1.2", .http11), ("1.9", .http11),
  ])
  func aHigherMinorVersionIsReadAsOneDotOne(text: String, version: HTTPVersion) throws {
    #expect(try ParsedRequest("GET / HTTP/\(text)\r\nHost: h\r\n\r\n").head.version == version)
  }

  @Test(arguments: ["/~!@$%^&*()_+:<>?,./;'[]{}`\"|", "/a%20b", "/%", "//", "/a//b"])
  func visibleCharactersPass(target: String) throws {
    let request = try ParsedRequest("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(request[request.head.target] == target)
  }

  @Test func emptyLinesBeforeARequestAreSkipped() throws {
    let request = try ParsedRequest("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(request[request.head.methodText] == "GET")
  }

  @Test func aReusedHeadKeepsNothingOfTheLastOne() throws {
    var head = RequestHead()
    let first = Array("POST http://h/a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTE: trailers\r\n\r\n".utf8)
    try head.parse(first.span.bytes, start: 0, end: first.count)
    let second = Array("GET * HTTP/1.0\r\n\r\n".replacing("GET", with: "OPTIONS").utf8)
    try head.parse(second.span.bytes, start: 0, end: second.count)
    #expect(head.framing == .none)
    #expect(head.flags == [])
    #expect(head.fields.isEmpty)
    #expect(head.seen.isEmpty)
    #expect(head.host.isEmpty && head.path.isEmpty && head.query.isEmpty && head.authority.isEmpty)
  }
}
