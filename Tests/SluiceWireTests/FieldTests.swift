import SluiceWire
import Testing

@Suite struct FieldTests {
  private func request(_ lines: String) throws(WireFault) -> ParsedRequest {
    try ParsedRequest("GET / HTTP/1.1\r\nHost: h\r\n\(lines)\r\n")
  }

  @Test func givesNamesValuesAndLines() throws {
    let request = try request("X-One:  a b \t\r\nUser-Agent:\r\nx-two:é\r\n")
    #expect(request.head.fields.map { request[$0.name] } == ["Host", "X-One", "User-Agent", "x-two"])
    #expect(request.head.fields.map { request[$0.value] } == ["h", "a b", "", "é"])
    #expect(
      request.head.fields.map { request[$0.line] }
        == ["Host: h\r\n", "X-One:  a b \t\r\n", "User-Agent:\r\n", "x-two:é\r\n"])
    #expect(request.head.fields.map(\.known) == [.host, .unknown, .userAgent, .unknown])
    #expect(request.head.seen == KnownFieldSet(.host, .userAgent))
  }

  @Test func everyByteOfAValueIsJudged() {
    for byte in UInt8.min...UInt8.max {
      // At two places: the search takes long values in blocks and short ones in words.
      for padding in [0, 5, 30] {
        var bytes = Array("GET / HTTP/1.1\r\nHost: h\r\nX: a".utf8) + Array(repeating: 0x61, count: padding)
        bytes += [byte] + Array("b\r\n\r\n".utf8)
        let rule = MessageReader(role: .request).read(bytes).rule
        switch byte {
        case 0: #expect(rule == .nul)
        case 0x09, 0x20...0x7e, 0x80...: #expect(rule == nil)
        case 0x0a: #expect(rule == .bareLineFeed)
        case 0x0d: #expect(rule == .bareCarriageReturn)
        default: #expect(rule == .controlCharacter)
        }
      }
    }
  }

  @Test func everyByteOfANameIsJudged() {
    let tokens = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    for byte in UInt8.min...UInt8.max where byte != 0x3a && byte != 0x0a && byte != 0x0d {
      let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\nXa".utf8) + [byte] + Array("b: c\r\n\r\n".utf8)
      let rule = MessageReader(role: .request).read(bytes).rule
      #expect(rule == (tokens.contains(byte) ? nil : byte == 0 ? .nul : .fieldNameSyntax), "byte \(byte)")
    }
  }

  @Test(arguments: [
    (": x", WireRule.fieldNameEmpty), (" : x", .obsoleteFolding), ("X : x", .whitespaceBeforeColon),
    ("X\t: x", .whitespaceBeforeColon), ("X", .fieldColonMissing), ("X y: z", .fieldNameSyntax),
    ("Content_Length: 5", .fieldNameConfusable), ("Transfer_Encoding: chunked", .fieldNameConfusable),
    ("Transfer---Encoding: chunked", .fieldNameConfusable), ("content__length: 5", .fieldNameConfusable),
    ("X: a\r\n b", .obsoleteFolding), ("X: a\r\n\tb", .obsoleteFolding),
    ("Host : h", .whitespaceBeforeColon), ("Content-Length : 0", .whitespaceBeforeColon),
  ])
  func aRequestRefuses(line: String, rule: WireRule) {
    #expect(throws: WireFault.self) { try request("\(line)\r\n") }
    do throws(WireFault) { _ = try request("\(line)\r\n") } catch { #expect(error.rule == rule) }
  }

  @Test func whitespaceBeforeTheFirstFieldIsRefusedInBoth() {
    let request = Array("GET / HTTP/1.1\r\n Host: h\r\n\r\n".utf8)
    #expect(MessageReader(role: .request).read(request).rule == .whitespaceBeforeFirstField)
    let response = Array("HTTP/1.1 200 OK\r\n\tA: b\r\n\r\n".utf8)
    #expect(MessageReader(role: .response).read(response).rule == .whitespaceBeforeFirstField)
  }

  @Test func theFaultNamesTheField() throws {
    let source = "GET / HTTP/1.1\r\nHost: h\r\nX-Bad: a\u{1}\r\n\r\n"
    let fault = #expect(throws: WireFault.self) { try ParsedRequest(source) }
    let found = try #require(fault)
    #expect(text(Array(source.utf8), found.field) == "X-Bad")
    #expect(Int(found.offset) == source.utf8.count - 5)
  }

  @Test func twinsOfForwardingFieldsAreLeftOut() throws {
    let request = try request("X_Forwarded_For: 1.2.3.4\r\nX_Real-IP: 1\r\nX-Forwarded-Fur: 2\r\nMy_Field: 3\r\n")
    #expect(request.forwarded(dropping: KnownFieldSet(.host)) == "X-Forwarded-Fur: 2\r\nMy_Field: 3\r\n")
  }

  @Test func aResponseIsRepaired() throws {
    let response = try ParsedResponse(
      "HTTP/1.1 200 OK\r\nX-A : one\r\nX-B: two\r\n\t three\r\nX-C: four\r\nServer \t: five\r\nX-D:\r\n six\r\n\r\n")
    #expect(response.head.flags.contains(.repaired))
    #expect(response.head.fields.map { $0.flags.contains(.needsRewrite) } == [true, true, false, true, true])
    #expect(response.head.fields[3].known == .server)
    #expect(
      response.forwarded() == "X-A: one\r\nX-B: two  \t three\r\nX-C: four\r\nServer: five\r\nX-D: six\r\n")
  }

  @Test func namesStillNeedToBeTokensInAResponse() {
    for line in ["X y : 1", "é: 1", ": 1", " : 1", "X"] {
      #expect(throws: WireFault.self) {
        try ParsedResponse("HTTP/1.1 200 OK\r\nA: b\r\n\(line)\r\n\r\n".replacing("b\r\n :", with: "b\r\n:"))
      }
    }
  }
}
