import SluiceWire
import Testing

@Suite struct ResponseTests {
  private func response(
    _ status: String, _ lines: String = "", version: String = "1.1", to method: Method = .get
  ) throws(WireFault) -> ParsedResponse {
    try ParsedResponse("HTTP/\(version) \(status)\r\n\(lines)\r\n", to: method)
  }

  private func rule(_ source: String) -> WireRule? {
    MessageReader(role: .response).read(Array(source.utf8)).rule
  }

  @Test func readsTheStatusLine() throws {
    let found = try response("404 Not \tFound é")
    #expect(found.head.status == 404)
    #expect(found[found.head.reason] == "Not \tFound é")
    #expect(found.head.version == .http11)
    #expect(try response("200").head.reason.isEmpty)
    #expect(try response("200 ").head.reason.isEmpty)
    #expect(try response("999 X").head.status == 999)
    #expect(try response("200 OK", version: "1.0").head.version == .http10)
    #expect(try response("200 OK", version: "1.7").head.version == .http11)
  }

  @Test(arguments: [
    ("HTTP/1.1  200 OK", WireRule.statusLineSyntax), ("HTTP/1.1 20 OK", .statusLineSyntax),
    ("HTTP/1.1 2000 OK", .statusLineSyntax), ("HTTP/1.1 2x0 OK", .statusLineSyntax),
    ("HTTP/1.1\t200 OK", .statusLineSyntax),
    ("HTTP/1.1 099 X", .statusCode), ("HTTP/1.1", .statusLineSyntax), ("HTTP/1.x 200 OK", .notHTTP),
    ("HTTP/1.10 200 OK", .statusLineSyntax), ("HTTP/2.0 200 OK", .notHTTP), ("HTTP/0.9 200 OK", .notHTTP),
    ("http/1.1 200 OK", .notHTTP), ("ICY 200 OK", .notHTTP), ("\r\nHTTP/1.1 200 OK", .notHTTP),
    ("HTTP/1.1 200 O\u{0}K", .nul), ("HTTP/1.1 200 O\u{1b}K", .controlCharacter),
    ("HTTP/1.1 200 O\rK", .bareCarriageReturn),
  ])
  func refusesAStatusLine(line: String, expected: WireRule) {
    #expect(rule("\(line)\r\nContent-Length: 0\r\n\r\n") == expected)
  }

  @Test(arguments: [
    ("200 OK", "", Method.get, BodyFraming.untilClose), ("200 OK", "Content-Length: 5\r\n", .get, .length(5)),
    ("200 OK", "Transfer-Encoding: chunked\r\n", .get, .chunked), ("200 OK", "Content-Length: 5\r\n", .head, .none),
    ("200 OK", "Transfer-Encoding: chunked\r\n", .head, .none), ("200 OK", "", .head, .none),
    ("304 Not Modified", "Content-Length: 5\r\n", .get, .none),
    ("204 No Content", "Content-Length: 5\r\n", .get, .none),
    ("204 No Content", "Transfer-Encoding: chunked\r\n", .get, .none), ("101 Switching", "", .get, .none),
    ("103 Early Hints", "Transfer-Encoding: chunked\r\nContent-Length: 9\r\n", .get, .none),
    ("200 OK", "Content-Length: 5\r\n", .connect, .none), ("200 OK", "Transfer-Encoding: gzip\r\n", .connect, .none),
    ("407 Auth", "Content-Length: 5\r\n", .connect, .length(5)),
    ("205 Reset", "Content-Length: 0\r\n", .get, .length(0)),
  ])
  func framingFollowsStatusMethodAndFields(status: String, lines: String, method: Method, framing: BodyFraming) throws {
    #expect(try response(status, lines, to: method).head.framing == framing)
  }

  @Test(arguments: [
    ("Content-Length: 5\r\nContent-Length: 6\r\n", WireRule.contentLengthConflict),
    ("Content-Length: 5, 6\r\n", .contentLengthConflict), ("Content-Length: 5,\r\n", .contentLengthSyntax),
    ("Content-Length: x\r\n", .contentLengthSyntax),
    ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", .contentLengthWithTransferEncoding),
    ("Transfer-Encoding: gzip\r\n", .transferCodingUnknown), ("Transfer-Encoding: chunked, gzip\r\n", .chunkedNotFinal),
  ])
  func refusesAFraming(lines: String, expected: WireRule) {
    #expect(rule("HTTP/1.1 200 OK\r\n\(lines)\r\n") == expected)
    #expect(expected.kind == .framing || expected.kind == .transferCoding)
  }

  @Test func refusesChunksInHTTP10() {
    #expect(rule("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") == .transferEncodingInHTTP10)
  }

  @Test func oneLengthGivenTwiceIsFolded() throws {
    let list = try response("200 OK", "A: b\r\nContent-Length: 5, 5 ,5\r\nC: d\r\n")
    #expect(list.head.framing == .length(5))
    #expect(list.head.flags.contains(.repaired))
    #expect(list.forwarded() == "A: b\r\nContent-Length: 5\r\nC: d\r\n")
    let lines = try response("200 OK", "Content-Length: 5\r\nA: b\r\nContent-Length: 5\r\n")
    #expect(lines.head.framing == .length(5))
    #expect(lines.forwarded() == "Content-Length: 5\r\nA: b\r\n")
  }

  @Test func aLengthThatMustNotBeThereIsLeftOut() throws {
    #expect(try response("204 No Content", "Content-Length: 5\r\nA: b\r\n").forwarded() == "A: b\r\n")
    #expect(try response("304 Not Modified", "Content-Length: 5\r\n").forwarded() == "Content-Length: 5\r\n")
  }

  @Test func persistenceNeedsAnEnd() throws {
    #expect(try response("200 OK").head.flags == [])
    #expect(try response("200 OK", "Content-Length: 1\r\n").head.flags == .keepAlive)
    #expect(try response("200 OK", "Content-Length: 1\r\nConnection: close\r\n").head.flags == .close)
    #expect(try response("200 OK", "Content-Length: 1\r\n", version: "1.0").head.flags == [])
    let kept = "Content-Length: 1\r\nConnection: keep-alive\r\n"
    #expect(try response("200 OK", kept, version: "1.0").head.flags == .keepAlive)
    #expect(try response("204 No Content").head.flags == .keepAlive)
  }

  @Test func aMalformedConnectionMeansClose() throws {
    let found = try response("200 OK", "Content-Length: 1\r\nConnection: a b\r\n")
    #expect(found.head.flags == .close)
    #expect(
      try response("200 OK", "Connection: content-length, host\r\nContent-Length: 1\r\n").forwarded()
        == "Content-Length: 1\r\n")
  }

  @Test(arguments: [
    ("timeout=5, max=100", 5 as UInt16?), ("max=100,TIMEOUT=12", 12), ("timeout=99999999", .max), ("timeout=x", nil),
    ("timeout=", nil),
    ("5", nil),
  ])
  func theKeepAliveTimeIsRead(value: String, seconds: UInt16?) throws {
    #expect(try response("200 OK", "Keep-Alive: \(value)\r\n").head.keepAliveTimeout == seconds)
  }

  @Test func anUpgradeIsReported() throws {
    let found = try response("101 Switching Protocols", "Connection: Upgrade\r\nUpgrade: websocket\r\n")
    #expect(found.head.flags == [.keepAlive, .upgrade])
    #expect(found[found.head.upgrade] == "websocket")
  }
}
