import SluiceWire
import TestSupport
import Testing

extension Integration {
  /// Requests that break a rule are refused by its name, and nothing of them reaches an origin.
  @Suite struct BadRequestTests {
    static let host = "Host: test\r\n"

    /// A request for each rule that a client can break, the connection's further bytes included.
    static let examples: [(rule: WireRule, request: String)] = [
      (.methodSyntax, "GE(T / HTTP/1.1\r\n\(host)\r\n"),
      (.leadingBlankLines, String(repeating: "\r\n", count: 64) + "GET / HTTP/1.1\r\n\(host)\r\n"),
      (.startLineSyntax, "GET  / HTTP/1.1\r\n\(host)\r\n"),
      (.versionMissing, "GET /\r\n\(host)\r\n"),
      (.versionSyntax, "GET / HTTP/1.x\r\n\(host)\r\n"),
      (.versionUnsupported, "GET / HTTP/3.0\r\n\(host)\r\n"),
      (.targetCharacter, "GET /a\u{1}b HTTP/1.1\r\n\(host)\r\n"),
      (.targetForm, "GET index.html HTTP/1.1\r\n\(host)\r\n"),
      (.targetAsterisk, "GET * HTTP/1.1\r\n\(host)\r\n"),
      (.targetConnect, "CONNECT /path HTTP/1.1\r\n\(host)\r\n"),
      (.targetAuthority, "GET http://user@test/ HTTP/1.1\r\n\(host)\r\n"),
      (.hostMissing, "GET / HTTP/1.1\r\n\r\n"),
      (.hostDuplicate, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
      (.hostInvalid, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
      (.hostMismatch, "GET http://other/ HTTP/1.1\r\n\(host)\r\n"),
      (.nul, "GET / HTTP/1.1\r\n\(host)X: a\0b\r\n\r\n"),
      (.bareCarriageReturn, "GET / HTTP/1.1\r\n\(host)X: a\rb\r\n\r\n"),
      (.bareLineFeed, "GET / HTTP/1.1\r\n\(host)X: a\nY: b\r\n\r\n"),
      (.controlCharacter, "GET / HTTP/1.1\r\n\(host)X: a\u{1}b\r\n\r\n"),
      (.fieldNameEmpty, "GET / HTTP/1.1\r\n\(host): value\r\n\r\n"),
      (.fieldNameSyntax, "GET / HTTP/1.1\r\n\(host)X(Y: value\r\n\r\n"),
      (.fieldColonMissing, "GET / HTTP/1.1\r\n\(host)nofield\r\n\r\n"),
      (.fieldNameConfusable, "GET / HTTP/1.1\r\n\(host)Content_Length: 3\r\n\r\n"),
      (.whitespaceBeforeColon, "GET / HTTP/1.1\r\n\(host)X : value\r\n\r\n"),
      (.whitespaceBeforeFirstField, "GET / HTTP/1.1\r\n X: value\r\n\(host)\r\n"),
      (.obsoleteFolding, "GET / HTTP/1.1\r\n\(host)X: a\r\n b\r\n\r\n"),
      (.connectionOption, "GET / HTTP/1.1\r\n\(host)Connection: a b\r\n\r\n"),
      (
        .connectionOptionsExcess,
        "GET / HTTP/1.1\r\n\(host)Connection: \((0..<200).map { "o\($0)" }.joined(separator: ", "))\r\n\r\n"
      ),
      (.connectionNamesEssential, "GET / HTTP/1.1\r\n\(host)Connection: Host\r\n\r\n"),
      (.lineTooLong, "GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\n\(host)\r\n"),
      (
        .headTooLarge,
        "GET / HTTP/1.1\r\n\(host)" + String(repeating: "X: \(String(repeating: "v", count: 16_000))\r\n", count: 5)
          + "\r\n"
      ),
      (.fieldTooLarge, "GET / HTTP/1.1\r\n\(host)X: \(String(repeating: "v", count: 40_000))\r\n\r\n"),
      (.tooManyFields, "GET / HTTP/1.1\r\n\(host)" + String(repeating: "X: v\r\n", count: 200) + "\r\n"),
      (.contentLengthSyntax, "POST / HTTP/1.1\r\n\(host)Content-Length: +3\r\n\r\nabc"),
      (.contentLengthOverflow, "POST / HTTP/1.1\r\n\(host)Content-Length: 99999999999999999999\r\n\r\nabc"),
      (.contentLengthRepeated, "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
      (.contentLengthConflict, "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
      (
        .contentLengthWithTransferEncoding,
        "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      ),
      (.transferEncodingInHTTP10, "POST / HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      (.transferCodingSyntax, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"),
      (.transferCodingUnknown, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
      (.chunkedNotFinal, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
      (.chunkedRepeated, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
      (.chunkSizeSyntax, chunked("zz\r\nabc\r\n0\r\n\r\n")),
      (.chunkSizeOverflow, chunked("fffffffffffffffff\r\nabc\r\n0\r\n\r\n")),
      (.chunkExtensionSyntax, chunked("3;a=\u{1}\r\nabc\r\n0\r\n\r\n")),
      (.chunkExtensionsTooLong, chunked("3;a=\(String(repeating: "e", count: 70_000))\r\nabc\r\n0\r\n\r\n")),
      (.chunkLineEnd, chunked("3\nabc\r\n0\r\n\r\n")),
      (.chunkDataEnd, chunked("3\r\nabcd\r\n0\r\n\r\n")),
      (.trailerTooLarge, chunked("0\r\nX: \(String(repeating: "t", count: 100_000))\r\n\r\n")),
      (.tooManyTrailers, chunked("0\r\n" + String(repeating: "X: v\r\n", count: 1000) + "\r\n")),
      (.trailerLineEnd, chunked("0\r\nX: v\n\r\n")),
      (.pathEscape, "GET /a%zz HTTP/1.1\r\n\(host)\r\n"),
      (.pathNul, "GET /a%00b HTTP/1.1\r\n\(host)\r\n"),
      (.pathEncodedSlash, "GET /a%2Fb HTTP/1.1\r\n\(host)\r\n"),
      (.pathBackslash, "GET /a%5Cb HTTP/1.1\r\n\(host)\r\n"),
      (.pathAboveRoot, "GET /a/../../b HTTP/1.1\r\n\(host)\r\n"),
    ]

    /// Rules of responses only, and rules that another one always names first.
    static let notBreakable: Set<WireRule> = [
      .notHTTP, .statusLineSyntax, .statusCode, .pathCharacter,
      // Of messages of HTTP/2.
      .fieldNameUppercase, .fieldValueSpace, .connectionField, .pseudoFieldUnknown, .pseudoFieldRepeated,
      .pseudoFieldMisplaced, .pseudoFieldMissing, .pseudoFieldInvalid, .contentLengthMismatch,
    ]

    private static func chunked(_ body: String) -> String {
      "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n\(body)"
    }

    @Test func eachBrokenRuleIsNamedAndNothingIsForwarded() async throws {
      #expect(Set(Self.examples.map(\.rule)).union(Self.notBreakable) == Set(WireRule.allCases))
      try await withGatewayAndOrigin { gateway, origin in
        for (index, example) in Self.examples.enumerated() {
          let rule = example.rule
          let response = try await gateway.exchange(example.request)
          #expect(response.status == Int(rule.requestStatus), "\(rule.identifier)")
          // Where the request itself is clear and only its route refuses it, the next one is clear as well.
          let isClear = rule == .pathEncodedSlash || rule == .pathBackslash
          #expect(response["connection"] == (isClear ? nil : "close"), "\(rule.identifier)")
          #expect(response["proxy-status"]?.contains("error=http_request_error") == true, "\(rule.identifier)")
          #expect(response.bodyText.contains(rule.sentence), "\(rule.identifier): \(response.bodyText)")
          #expect(response.bodyText.contains(rule.section), "\(rule.identifier): \(response.bodyText)")
          let records = try await gateway.log.records(atLeast: index + 1)
          #expect(records.count == index + 1, "\(rule.identifier): \(records.count - index) records")
          #expect(records.last?.rule == rule.identifier, "\(rule.identifier): \(records.last?.rule ?? "no rule")")
          #expect(records.last?.who == "client", "\(rule.identifier)")
        }
        for bytes in origin.connections {
          #expect(RecordingOrigin.message(bytes) == nil, "a refused request reached the origin whole: \(text(bytes))")
        }
      }
    }

    @Test func aBodyThatIsRefusedWithItsHeadLeavesNoConnectionBehind() async throws {
      try await withGatewayAndOrigin { gateway, origin in
        for body in ["zz\r\n", "a\r\nhelloworld\r\nzz\r\n", "a\r\nhelloworldxx"] {
          let response = try await gateway.exchange(Self.chunked(body))
          #expect(response.status == 400)
        }
        let counts = await gateway.gateway.counts()
        #expect(counts.upstreamConnections == 0 && counts.connectionPermits == 0, "\(counts)")
        let isClosed = await eventually { origin.openConnections == 0 }
        #expect(isClosed)
      }
    }

    @Test func aConnectionBeyondTheLimitIsAnswered503() async throws {
      try await withGatewayAndOrigin("workers: 1", listener: "limits: { connections: 1 }") { gateway, _ in
        let port = gateway.port
        try await blocking {
          let first = try RawClient(port: port)
          #expect(first.exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n").status == 200)
          let second = try RawClient(port: port).readResponse()
          #expect(second.status == 503 && second["retry-after"] != nil && second["connection"] == "close")
          #expect(first.exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n").status == 200)
        }
        let records = try await gateway.log.records(atLeast: 3)
        #expect(records.map(\.status) == [200, 503, 200] && records[1].cause == "admission_shed")
        let isFree = await eventually { await gateway.gateway.counts().downstreamConnections == 0 }
        #expect(isFree)
        let after = try await gateway.get("/")
        #expect(after.status == 200, "the place of a closed connection was lost")
      }
    }

    @Test func theLastRequestOfAConnectionIsToldSo() async throws {
      try await withGatewayAndOrigin(listener: "limits: { requestsPerConnection: 3 }") { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let request = "GET / HTTP/1.1\r\nHost: test\r\n\r\n"
          let told = (0..<3).map { _ in client.exchange(request)["connection"] }
          #expect(told == [nil, nil, "close"])
          #expect(client.readToEnd().end == .fin)
        }
      }
    }

    @Test func aTLSHandshakeOnAPlainPortIsToldAsOne() async throws {
      try await withGatewayAndOrigin { gateway, _ in
        let hello: [UInt8] = [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03]
        let response = try await gateway.exchange(hello)
        #expect(response.status == 400 && response["connection"] == "close")
        let records = try await gateway.log.records(atLeast: 1)
        #expect(records.map(\.cause) == ["request_tls_on_plaintext_port"])
      }
    }

    @Test func aSlowHeadIsAnswered408() async throws {
      try await withGatewayAndOrigin(listener: "timeouts: { head: 200ms }") { gateway, _ in
        let response = try await gateway.exchange("GET / HTTP/1.1\r\nHo")
        #expect(response.status == 408)
        #expect(response["connection"] == "close")
        let records = try await gateway.log.records(atLeast: 1)
        #expect(records.map(\.status) == [408])
        #expect(records.first?.cause == "request_head_timeout")
      }
    }

    @Test func aConnectionWithoutARequestIsClosedWithoutARecord() async throws {
      try await withGatewayAndOrigin(listener: "timeouts: { head: 150ms, idle: 150ms }") { gateway, _ in
        let port = gateway.port
        let (bytes, end) = try await blocking { try RawClient(port: port).readToEnd() }
        #expect(bytes.isEmpty && end == .fin)
        #expect(try await gateway.get("/").status == 200)
        #expect(try await gateway.log.records(atLeast: 1).map(\.status) == [200])
      }
    }

    @Test func aBodyBeyondTheRoutesLimitIsAnswered413() async throws {
      let routes = "routes: [{ upstream: app, requestBody: 10 }]"
      try await withGatewayAndOrigin(routes) { gateway, origin in
        let declared = try await gateway.exchange(
          "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 11\r\n\r\nhello world")
        #expect(declared.status == 413)
        #expect(origin.received.isEmpty)
        let chunked = try await gateway.exchange(
          "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n")
        #expect(chunked.status == 413)
        let small = try await gateway.exchange("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello")
        #expect(small.status == 200)
        // Two workers write: their lines come in any order.
        let causes = try await gateway.log.records(atLeast: 3).map { $0.cause ?? "fine" }
        #expect(causes.sorted() == ["fine", "request_body_too_large", "request_body_too_large"])
      }
    }

    @Test func aBodyThatStallsIsAnswered408() async throws {
      try await withGatewayAndOrigin(listener: "timeouts: { bodyIdle: 200ms }") { gateway, _ in
        let response = try await gateway.exchange("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhe")
        #expect(response.status == 408)
        #expect(response["connection"] == "close")
        #expect(try await gateway.log.records(atLeast: 1).first?.cause == "client_body_timeout")
      }
    }
  }
}
