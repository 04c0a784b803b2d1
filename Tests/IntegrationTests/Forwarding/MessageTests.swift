import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// Messages of every form pass as what they are.
  @Suite struct MessageTests {
    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
      try await withGatewayAndLab { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let delays = [60, 0, 30, 1, 0, 20]
          client.send(
            delays.enumerated().map { index, delay in
              index % 2 == 0
                ? "GET /delay/\(delay) HTTP/1.1\r\nHost: test\r\n\r\n"
                : "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nno.\(index)"
            }.joined())
          for index in delays.indices {
            let response = client.readResponse()
            #expect(response.status == 200)
            #expect(response.bodyText == (index % 2 == 0 ? "late\n" : "no.\(index)"))
          }
          #expect(client.end == nil)
        }
        #expect(try await gateway.log.records(atLeast: 6).count == 6)
      }
    }

    @Test func headHasTheFieldsAndNoBody() async throws {
      try await withGatewayAndLab { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let head = client.exchange(Array("HEAD /head-length HTTP/1.1\r\nHost: test\r\n\r\n".utf8))
          #expect(head.status == 200 && head["content-length"] == "1000000" && head.isWhole)
          let missing = client.exchange(Array("HEAD /chunked HTTP/1.1\r\nHost: test\r\n\r\n".utf8))
          #expect(missing.status == 200)
        }
      }
    }

    @Test(arguments: [204, 304])
    func aResponseWithoutContentIsFollowedByTheNext(status: Int) async throws {
      try await withGatewayAndLab { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let first = client.exchange("GET /\(status) HTTP/1.1\r\nHost: test\r\n\r\n")
          #expect(first.status == status && first.isWhole)
          #expect(first["transfer-encoding"] == nil)
          if status == 304 { #expect(first["content-length"] == "7" && first["etag"] == "\"1\"") }
          #expect(client.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").bodyText == "ok\n")
        }
      }
    }

    @Test func interimResponsesPassInFrontOfTheFinalOne() async throws {
      try await withGatewayAndLab { gateway, _ in
        let hints = try await gateway.get("/early-hints")
        #expect(hints.interimStatuses == [103] && hints.bodyText == "ok\n")
        #expect(hints.interim.first.map { text($0).contains("Link: </style.css>; rel=preload") } == true)
        #expect(try await gateway.get("/many-interim").interim.count == 20)
        let old = try await gateway.exchange("GET /early-hints HTTP/1.0\r\nHost: test\r\n\r\n")
        #expect(old.interim.isEmpty && old.bodyText == "ok\n", "HTTP/1.0 knows no interim responses")
      }
    }

    @Test func aClientThatWaitsFor100GetsItFromTheOrigin() async throws {
      try await withGatewayAndLab { gateway, lab in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          client.send(
            "POST /expect-continue HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
          #expect(client.readThrough([0x0D, 0x0A, 0x0D, 0x0A]).map(text) == "HTTP/1.1 100 Continue\r\n\r\n")
          client.send("hello")
          #expect(client.readResponse().bodyText == "read whole\n")
        }
        #expect(lab.counts.bodyBytes == 5)
        let refused = try await gateway.exchange(
          "POST /expect-final HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(refused.status == 413 && refused.bodyText == "too large\n")
        #expect(lab.counts.bodyBytes == 5, "nobody sent the body")
      }
    }

    @Test func trailersPass() async throws {
      try await withGatewayAndLab { gateway, _ in
        let response = try await gateway.get("/trailers", "TE: trailers", "Connection: TE")
        #expect(response.bodyText == "ok\n")
        #expect(response.trailers.map(\.name) == ["X-Checksum", "Server-Timing"])
        #expect(response.trailers.map(\.value) == ["abc", "db;dur=3"])
      }
    }

    @Test func anUploadComesBackByteForByte() async throws {
      try await withGatewayAndLab { gateway, _ in
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let head = "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.count)\r\n\r\n"
        let length = try await gateway.exchange(Array(head.utf8) + body)
        #expect(length.body == body)
        var chunked = Array("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        for start in stride(from: 0, to: body.count, by: 50_000) {
          chunked += Array("c350\r\n".utf8) + body[start..<start + 50_000] + [0x0D, 0x0A]
        }
        let echoed = try await gateway.exchange(chunked + Array("0\r\n\r\n".utf8))
        #expect(echoed.framing == .chunked && echoed.body == body)
      }
    }

    @Test func anHTTP10ClientGetsWhatItUnderstands() async throws {
      try await withGatewayAndLab { gateway, _ in
        let plain = try await gateway.exchange("GET /ok HTTP/1.0\r\n\r\n")
        #expect(plain.status == 200 && plain.bodyText == "ok\n" && plain["connection"] == "close")
        let chunked = try await gateway.exchange("GET /chunked HTTP/1.0\r\nHost: test\r\n\r\n")
        #expect(chunked["transfer-encoding"] == nil && chunked.framing == .untilClose)
        #expect(chunked.bodyText == "ok\nmore\n" && chunked.isWhole)
        let cut = try await gateway.exchange("GET /truncated-body/chunked HTTP/1.0\r\nHost: test\r\n\r\n")
        #expect(cut.status == 200 && cut.end == .reset, "a cut body without a declared end must not end cleanly")
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let kept = "GET /ok HTTP/1.0\r\nHost: test\r\nConnection: keep-alive\r\n\r\n"
          #expect(client.exchange(kept)["connection"] == "keep-alive")
          #expect(client.exchange(kept).bodyText == "ok\n")
        }
      }
    }

    @Test func anEarlyAnswerReachesAClientThatIsStillUploading() async throws {
      try await withGatewayAndLab { gateway, _ in
        let head = "POST /early-413-close HTTP/1.1\r\nHost: test\r\nContent-Length: 20000000\r\n\r\n"
        for _ in 0..<5 {
          let response = try await gateway.exchange(Array(head.utf8) + [UInt8](repeating: 0x78, count: 20_000_000))
          #expect(response.status == 413 && response.bodyText == "early\n" && response.isWhole)
          #expect(response["connection"] == "close")
        }
        let records = try await gateway.log.records(atLeast: 5)
        #expect(records.map(\.status) == [413, 413, 413, 413, 413])
      }
    }

    @Test func hopByHopFieldsEndAtTheGateway() async throws {
      try await withGatewayAndLab { gateway, _ in
        let response = try await gateway.get("/fields")
        #expect(response["x-hop"] == nil && response["keep-alive"] == nil && response["proxy-connection"] == nil)
        #expect(response.fields.filter { $0.name == "Set-Cookie" }.map(\.value) == ["a=1; Path=/", "b=2; Path=/"])
        #expect(response.fields.contains { $0.name == "x-MiXeD" && $0.value == "Case" })
        #expect(response["x-tab"]?.trimmingCharacters(in: .whitespaces) == "a\tb")
        let sent = try await gateway.get(
          "/head", "Connection: X-Private, keep-alive", "X-Private: yes", "Keep-Alive: timeout=9", "X-Public: yes",
          "Proxy-Connection: keep-alive", "TE: gzip", "Upgrade: h2c")
        let lines = sent.bodyText.lowercased().components(separatedBy: "\r\n")
        for name in ["x-private:", "keep-alive:", "proxy-connection:", "te:", "upgrade:"] {
          #expect(!lines.contains { $0.hasPrefix(name) }, "\(name) went upstream")
        }
        #expect(lines.contains("x-public: yes"))
      }
    }
  }
}
