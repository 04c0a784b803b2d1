import SluiceWire
import Testing

@Suite struct FramingTests {
  private func framing(_ lines: String, version: String = "1.1") throws(WireFault) -> BodyFraming {
    try ParsedRequest("POST / HTTP/\(version)\r\nHost: h\r\n\(lines)\r\n").head.framing
  }

  private func rule(_ lines: String, version: String = "1.1") -> WireRule? {
    do throws(WireFault) {
      _ = try framing(lines, version: version)
      return nil
    } catch {
      return error.rule
    }
  }

  @Test func aRequestHasALengthOrChunksOrNothing() throws {
    #expect(try framing("") == .none)
    #expect(try framing("Content-Length: 0\r\n") == .length(0))
    #expect(try framing("content-length:\t 42 \r\n") == .length(42))
    #expect(try framing("Content-Length: 0042\r\n") == .length(42))
    #expect(try framing("Content-Length: 9223372036854775807\r\n") == .length(UInt64(Int64.max)))
    #expect(try framing("Content-Length: 7\r\n", version: "1.0") == .length(7))
    #expect(try framing("Transfer-Encoding: chunked\r\n") == .chunked)
    #expect(try framing("transfer-encoding:   ChUnKeD\t\r\n") == .chunked)
  }

  @Test(arguments: [
    ("", WireRule.contentLengthSyntax), ("+5", .contentLengthSyntax), ("-5", .contentLengthSyntax),
    ("5 5", .contentLengthSyntax), ("0x5", .contentLengthSyntax), ("5.0", .contentLengthSyntax),
    ("5,", .contentLengthSyntax), (",5", .contentLengthSyntax), ("5, 5", .contentLengthRepeated),
    ("5, 6", .contentLengthConflict), ("5\u{660}", .contentLengthSyntax),
    ("9223372036854775808", .contentLengthOverflow), ("18446744073709551616", .contentLengthOverflow),
    ("99999999999999999999999999999999", .contentLengthOverflow),
    ("99999999999999999999999999999999x", .contentLengthSyntax),
  ])
  func aRequestRefusesALength(value: String, expected: WireRule) {
    #expect(rule("Content-Length: \(value)\r\n") == expected)
  }

  @Test func aRequestRefusesTwoLengths() {
    #expect(rule("Content-Length: 5\r\nContent-Length: 5\r\n") == .contentLengthRepeated)
    #expect(rule("Content-Length: 5\r\nContent-Length: 6\r\n") == .contentLengthConflict)
  }

  @Test(arguments: [
    ("gzip, chunked", WireRule.transferCodingUnknown), ("gzip", .transferCodingUnknown),
    ("identity", .transferCodingUnknown), ("xchunked", .transferCodingUnknown),
    ("chunkedchunked", .transferCodingUnknown), ("gzip;q=1, chunked", .transferCodingUnknown),
    ("chunked, gzip", .chunkedNotFinal), ("chunked, identity", .chunkedNotFinal),
    ("chunked, chunked", .chunkedRepeated),
    ("chunked;a=b", .transferCodingSyntax), ("chunked;", .transferCodingSyntax), ("", .transferCodingSyntax),
    (", chunked", .transferCodingSyntax), ("chunked,", .transferCodingSyntax),
    ("chunked chunked", .transferCodingSyntax),
    ("\"chunked\"", .transferCodingSyntax), ("chunked\u{e9}", .transferCodingSyntax),
    ("\u{b}chunked", .controlCharacter),
  ])
  func aRequestRefusesACoding(value: String, expected: WireRule) {
    #expect(rule("Transfer-Encoding: \(value)\r\n") == expected)
  }

  @Test func aRequestRefusesMixtures() {
    #expect(rule("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") == .chunkedRepeated)
    #expect(rule("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n") == .chunkedNotFinal)
    #expect(rule("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n") == .transferCodingUnknown)
    let both = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
    #expect(rule(both) == .contentLengthWithTransferEncoding)
    #expect(rule("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") == .contentLengthWithTransferEncoding)
    #expect(rule("Transfer-Encoding: chunked\r\n", version: "1.0") == .transferEncodingInHTTP10)
    #expect(WireRule.transferCodingUnknown.requestStatus == 501)
  }

  @Test func connectionNamesWhatIsForThisConnection() throws {
    let request = try ParsedRequest(
      "GET / HTTP/1.1\r\nHost: h\r\nX-One: 1\r\nConnection: x-one, Upgrade ,, x-TWO\r\nUpgrade: websocket\r\n"
        + "Keep-Alive: 5\r\nX-Two: 2\r\nx-three: 3\r\nTE: gzip, trailers\r\nProxy-Connection: close\r\n\r\n")
    #expect(request.head.flags == [.keepAlive, .upgrade, .teTrailers, .nominatesFields])
    #expect(request[request.head.upgrade] == "websocket")
    #expect(request.forwarded() == "Host: h\r\nx-three: 3\r\n")
  }

  @Test(
    arguments: [
      ("1.1", "", .keepAlive), ("1.1", "close", .close), ("1.1", "keep-alive, Close", .close),
      ("1.1", "keep-alive", .keepAlive), ("1.0", "", []), ("1.0", "Keep-Alive", .keepAlive),
      ("1.0", "keep-alive, close", .close),
      ("1.0", "keepalive", .nominatesFields), ("1.1", ",", .keepAlive),
    ] as [(String, String, HeadFlags)])
  func persistenceFollowsVersionAndConnection(version: String, value: String, flags: HeadFlags) throws {
    let line = value.isEmpty ? "" : "Connection: \(value)\r\n"
    #expect(try ParsedRequest("GET / HTTP/\(version)\r\nHost: h\r\n\(line)\r\n").head.flags == flags)
  }

  @Test func anUpgradeNeedsItsOptionAndVersion() throws {
    let lines = "Host: h\r\nUpgrade: websocket\r\n"
    #expect(try !ParsedRequest("GET / HTTP/1.1\r\n\(lines)\r\n").head.flags.contains(.upgrade))
    let nominated = "\(lines)Connection: upgrade\r\n"
    #expect(try ParsedRequest("GET / HTTP/1.1\r\n\(nominated)\r\n").head.flags.contains(.upgrade))
    #expect(try !ParsedRequest("GET / HTTP/1.0\r\n\(nominated)\r\n").head.flags.contains(.upgrade))
  }

  @Test func expectationsAreTold() throws {
    func flags(_ value: String, _ version: String) throws -> HeadFlags {
      try ParsedRequest("POST / HTTP/\(version)\r\nHost: h\r\nExpect: \(value)\r\n\r\n").head.flags
        .intersection([.expectContinue, .unknownExpectation])
    }
    #expect(try flags("100-Continue", "1.1") == .expectContinue)
    #expect(try flags("100-continue", "1.0") == [])
    #expect(try flags("200-ok", "1.1") == .unknownExpectation)
  }

  @Test(arguments: [
    ("host", WireRule.connectionNamesEssential), ("Content-Length", .connectionNamesEssential),
    ("a b", .connectionOption),
    ("a;b", .connectionOption), ((0..<33).map { "x\($0)" }.joined(separator: ","), .connectionOptionsExcess),
  ])
  func aRequestRefusesAConnectionValue(value: String, expected: WireRule) {
    #expect(rule("Connection: \(value)\r\n") == expected)
  }

  @Test func aTrailerFieldIsToldAndPassedOn() throws {
    let request = try ParsedRequest("GET / HTTP/1.1\r\nHost: h\r\nTrailer: X-Sum\r\n\r\n")
    #expect(request.head.flags.contains(.hasTrailerField))
    #expect(request.forwarded() == "Host: h\r\nTrailer: X-Sum\r\n")
  }
}
