import SluiceWire
import Testing

/// Every rule can be broken, is told by its own name, and has its words.
@Suite struct RuleTests {
  enum Breach: Sendable {
    case request(String)
    case response(String)
    case path(String)
  }

  private static func fields(_ lines: String) -> Breach { .request("GET / HTTP/1.1\r\nHost: h\r\n\(lines)\r\n\r\n") }

  private static func chunks(_ body: String) -> Breach {
    .request("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
  }

  private static func line(_ line: String) -> Breach { .request("\(line)\r\nHost: h\r\n\r\n") }

  /// No default: a new rule does not compile until there is a message that breaks it.
  static func breach(of rule: WireRule) -> Breach? {
    switch rule {
    case .methodSyntax: line("G(T / HTTP/1.1")
    case .leadingBlankLines: line("\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1")
    case .startLineSyntax: line("GET  / HTTP/1.1")
    case .versionMissing: line("GET /")
    case .versionSyntax: line("GET / HTTP/1,1")
    case .versionUnsupported: line("GET / HTTP/2.0")
    case .targetCharacter: line("GET /a#b HTTP/1.1")
    case .targetForm: line("GET index.html HTTP/1.1")
    case .targetAsterisk: line("GET * HTTP/1.1")
    case .targetConnect: line("CONNECT / HTTP/1.1")
    case .targetAuthority: line("GET http://user@h/ HTTP/1.1")
    case .hostMissing: .request("GET / HTTP/1.1\r\n\r\n")
    case .hostDuplicate: fields("Host: h")
    case .hostInvalid: .request("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")
    case .hostMismatch: line("GET http://other/ HTTP/1.1")
    case .nul: fields("A: \u{0}")
    case .bareCarriageReturn: fields("A: \rb")
    case .bareLineFeed: fields("A: b\nC: d")
    case .controlCharacter: fields("A: \u{8}")
    case .fieldNameEmpty: fields(": b")
    case .fieldNameSyntax: fields("A[]: b")
    case .fieldColonMissing: fields("A")
    case .fieldNameConfusable: fields("Content_Length: 5")
    case .whitespaceBeforeColon: fields("A : b")
    case .whitespaceBeforeFirstField: .request("GET / HTTP/1.1\r\n Host: h\r\n\r\n")
    case .obsoleteFolding: fields("A: b\r\n c")
    case .connectionOption: fields("Connection: (")
    case .connectionOptionsExcess: fields("Connection: " + Array(repeating: "a", count: 40).joined(separator: ","))
    case .connectionNamesEssential: fields("Connection: Host")
    case .lineTooLong: line("GET /\(String(repeating: "a", count: 17_000)) HTTP/1.1")
    case .headTooLarge:
      fields(Array(repeating: "A: \(String(repeating: "b", count: 9000))", count: 9).joined(separator: "\r\n"))
    case .fieldTooLarge: fields("A: \(String(repeating: "b", count: 40_000))")
    case .tooManyFields: fields(Array(repeating: "A: b", count: 300).joined(separator: "\r\n"))
    case .contentLengthSyntax: fields("Content-Length: five")
    case .contentLengthOverflow: fields("Content-Length: 18446744073709551621")
    case .contentLengthRepeated: fields("Content-Length: 5\r\nContent-Length: 5")
    case .contentLengthConflict: fields("Content-Length: 5\r\nContent-Length: 6")
    case .contentLengthWithTransferEncoding: fields("Content-Length: 5\r\nTransfer-Encoding: chunked")
    case .transferEncodingInHTTP10: .request("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
    case .transferCodingSyntax: fields("Transfer-Encoding: chunked;q=1")
    case .transferCodingUnknown: fields("Transfer-Encoding: br, chunked")
    case .chunkedNotFinal: fields("Transfer-Encoding: chunked, gzip")
    case .chunkedRepeated: fields("Transfer-Encoding: chunked, chunked")
    case .chunkSizeSyntax: chunks("x\r\n")
    case .chunkSizeOverflow: chunks("10000000000000000\r\n")
    case .chunkExtensionSyntax: chunks("1;\r\n")
    case .chunkExtensionsTooLong: chunks("1;\(String(repeating: "a", count: 300))")
    case .chunkLineEnd: chunks("1\n")
    case .chunkDataEnd: chunks("1\r\nab")
    case .trailerTooLarge: chunks("0\r\nA: \(String(repeating: "a", count: 20_000))")
    case .tooManyTrailers: chunks("0\r\n\(String(repeating: "A: b\r\n", count: 65))")
    case .trailerLineEnd: chunks("0\r\nA: b\n")
    case .notHTTP: .response("220 mail ESMTP\r\n")
    case .statusLineSyntax: .response("HTTP/1.1 OK\r\n\r\n")
    case .statusCode: .response("HTTP/1.1 042 OK\r\n\r\n")
    case .pathEscape: .path("/%")
    case .pathCharacter: .path("/ ")
    case .pathNul: .path("/%00")
    case .pathEncodedSlash: .path("/%2f")
    case .pathBackslash: .path("/\\")
    case .pathAboveRoot: .path("/..")
    // These are broken by the fields of an HTTP/2 message: HeaderListTests.
    case .fieldNameUppercase, .fieldValueSpace, .connectionField, .pseudoFieldUnknown, .pseudoFieldRepeated,
      .pseudoFieldMisplaced, .pseudoFieldMissing, .pseudoFieldInvalid, .contentLengthMismatch:
      nil
    }
  }

  @Test(arguments: WireRule.allCases)
  func aBreachIsToldByItsName(rule: WireRule) {
    switch RuleTests.breach(of: rule) {
    case nil: break
    case .request(let text): #expect(MessageReader(role: .request).read(Array(text.utf8)).rule == rule)
    case .response(let text): #expect(MessageReader(role: .response).read(Array(text.utf8)).rule == rule)
    case .path(let path):
      var output: [UInt8] = []
      let bytes = Array(path.utf8)
      let check = normalizePath(bytes.span.bytes, ByteRange(0, bytes.count), allowingAmbiguous: false, into: &output)
      #expect(check == .refused(rule))
    }
  }

  @Test func rulesHaveNamesAndWordsOfTheirOwn() {
    let rules = WireRule.allCases
    #expect(Set(rules.map(\.identifier)).count == rules.count)
    #expect(Set(rules.map(\.sentence)).count == rules.count)
    for rule in rules {
      #expect(rule.identifier.utf8.allSatisfy { 0x61...0x7a ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x5f })
      #expect(rule.section.hasPrefix("RFC "))
      #expect(rule.sentence.hasSuffix("."))
      #expect([400, 414, 431, 501, 505].contains(rule.requestStatus))
    }
    #expect(Set(rules.map(\.kind)) == Set(WireFaultKind.allCases))
  }

  @Test func someIdentifiersAreKnownToOthers() {
    #expect(WireRule.contentLengthWithTransferEncoding.identifier == "content_length_with_transfer_encoding")
    #expect(WireRule.transferEncodingInHTTP10.identifier == "transfer_encoding_in_http10")
    #expect(WireRule.notHTTP.identifier == "not_http")
    #expect(WireRule.lineTooLong.requestStatus == 414)
    #expect(WireRule.headTooLarge.requestStatus == 431)
    #expect(WireRule.versionUnsupported.requestStatus == 505)
  }
}
