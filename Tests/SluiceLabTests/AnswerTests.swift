import TestSupport
import Testing

@testable import SluiceLab

/// A sample of answers written out by hand: what the catalogue itself has wrong would show here.
struct AnswerTests {
  private func ask(
    _ lab: LabServer, _ bytes: [UInt8], expecting count: Int = 1, patience: Int32 = 200
  ) async throws -> (String, RawClient.End) {
    let port = lab.port
    return try await blocking {
      let client = try RawClient(port: port)
      client.send(bytes)
      let (answer, end) = client.read(atLeast: count, patience: patience)
      return (text(answer), end)
    }
  }

  @Test(arguments: [
    ("/ok", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n", RawClient.End.open),
    ("/close-before-response", "", .fin),
    ("/reset-before-response", "", .reset),
    ("/truncated-head", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Le", .fin),
    ("/truncated-head-reset?ms=5", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Le", .reset),
    ("/truncated-body/length?ms=5", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst", .fin),
    ("/truncated-body/length-reset?ms=5", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst", .reset),
    ("/garbage/redis", "-ERR wrong number of arguments for 'get' command\r\n", .fin),
    ("/invalid-header/nul", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Broken: a\0b\r\n\r\nok\n", .open),
    ("/invalid-header/bare-cr", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Broken: a\rb\r\n\r\nok\n", .open),
    (
      "/bad-framing/two-lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nok\n", .fin
    ),
    (
      "/own/500",
      "HTTP/1.1 500 Own Words\r\nx-zULU: last  first\r\nCONTENT-length: 40\r\nX-Twice: one\r\nx-twice: TWO\r\n"
        + "X-Bytes: Größe\r\ncontent-TYPE: application/json\r\n\r\n"
        + "{\"error\":\"out of cheese\",\"bytes\":\"\u{1}\u{7F}ü\"}", .open
    ),
    (
      "/status/503",
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 34\r\n\r\n"
        + "503 Service Unavailable, as asked\n", .open
    ),
    ("/bytes/5", "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 5\r\n\r\nxxxxx", .open),
    ("/stall-head?ms=10", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nlate\n", .open),
  ])
  func writesTheBytesAndTheEnd(_ target: String, _ expected: String, _ end: RawClient.End) async throws {
    try await withLab { lab in
      let seen = try await ask(
        lab, request(target), expecting: expected.utf8.count, patience: end == .open ? 200 : 5000)
      #expect(seen.0 == expected)
      #expect(seen.1 == end)
    }
  }

  @Test func keepsTheConnectionAndItsOrder() async throws {
    try await withLab { lab in
      let (answer, end) = try await ask(lab, request("/ok") + request("/connection") + request("/204"))
      let ok = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"
      let second =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 23\r\n\r\nconnection 1 request 2\n"
      #expect(answer == ok + second + "HTTP/1.1 204 No Content\r\n\r\n")
      #expect(end == .open)
    }
  }

  @Test func answersAllThatCameBeforeAHalfClose() async throws {
    try await withLab { lab in
      let port = lab.port
      let (answer, end) = try await blocking {
        let client = try RawClient(port: port)
        client.send(request("/delay/20") + request("/ok") + request("/204"))
        client.shutOutput()
        let (bytes, end) = client.read()
        return (text(bytes), end)
      }
      #expect(answer.hasSuffix("late\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\nHTTP/1.1 204 No Content\r\n\r\n"))
      #expect(end == .fin)
    }
  }

  @Test func closesWhereTheClientAsksForIt() async throws {
    try await withLab { lab in
      var hint = RequestHint()
      hint.headers = [(name: "Connection", value: "close")]
      let (_, end) = try await ask(lab, request("/ok", hint), patience: 5000)
      #expect(end == .fin)
      let (_, old) = try await ask(lab, Array("GET /ok HTTP/1.0\r\n\r\n".utf8), patience: 5000)
      #expect(old == .fin)
    }
  }

  @Test func echoesALengthAndChunks() async throws {
    try await withLab { lab in
      let head = "POST /echo HTTP/1.1\r\nHost: lab.test\r\nContent-Type: text/x\r\n"
      let (sized, _) = try await ask(lab, Array((head + "Content-Length: 5\r\n\r\nhello").utf8))
      #expect(sized == "HTTP/1.1 200 OK\r\nContent-Type: text/x\r\nContent-Length: 5\r\n\r\nhello")
      let chunks = "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nX-Trailer: t\r\n\r\n"
      let (chunked, _) = try await ask(lab, Array((head + chunks).utf8))
      #expect(
        chunked == "HTTP/1.1 200 OK\r\nContent-Type: text/x\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
    }
  }

  @Test func echoesEveryByteToWhoWaitedFor100() async throws {
    try await withLab { lab in
      let port = lab.port
      let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 >> 8) }
      let (interim, answer) = try await blocking {
        let client = try RawClient(port: port)
        client.send(request("/echo", .post(body.count, headers: [(name: "Expect", value: "100-continue")])))
        let head =
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
          + "Content-Length: 3000000\r\n\r\n"
        let interim = text(client.read(max: head.utf8.count).bytes) == head
        var answer: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: 100_000) {
          client.send(Array(body[start..<start + 100_000]))
          answer += client.read(max: 100_000).bytes
        }
        return (interim, answer)
      }
      #expect(interim)
      #expect(answer.count == body.count && answer == body)
    }
  }

  @Test func returnsTheHeadAsItCame() async throws {
    try await withLab { lab in
      let head = "GET http://other.test/head?q HTTP/1.1\r\nhOST:  lab.test \r\nX-A: 1\r\n\r\n"
      let (answer, _) = try await ask(lab, Array(head.utf8))
      #expect(answer.hasSuffix("\r\n\r\n" + head))
    }
  }

  @Test func readsNothingWhereItSaysSo() async throws {
    try await withLab { lab in
      let port = lab.port
      let (sent, answer) = try await blocking {
        let client = try RawClient(port: port)
        let hint = try scenario("never-reads").request
        client.send(request("/never-reads", hint))
        let sent = client.send([UInt8](repeating: 0x62, count: hint.bodyBytes), patience: 300)
        return (sent, client.read(patience: 50).bytes)
      }
      #expect(sent < LabCatalogue.largeUpload)
      #expect(answer.isEmpty)
    }
  }

  @Test func answersEarlyAndReadsTheRest() async throws {
    try await withLab { lab in
      let port = lab.port
      let (early, sent, later) = try await blocking {
        let client = try RawClient(port: port)
        var hint = RequestHint.post(1_000_000)
        hint.headers = []
        client.send(request("/early-413", hint))
        client.send([0x62])
        let expected = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 6\r\n\r\nearly\n"
        let early = client.read(max: expected.utf8.count).bytes
        let sent = client.send([UInt8](repeating: 0x62, count: 999_999), patience: 5000)
        client.send(request("/ok"))
        return (text(early) == expected, sent, text(client.read(atLeast: 1, patience: 300).bytes))
      }
      #expect(early)
      #expect(sent == 999_999)
      #expect(later == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n")
      #expect(lab.counts.bodyBytes == 1_000_000)
    }
  }

  @Test func tunnelsBytesUntilTheClientEnds() async throws {
    try await withLab { lab in
      let port = lab.port
      let (back, end) = try await blocking {
        let client = try RawClient(port: port)
        client.send(request("/tunnel"))
        let head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n"
        _ = client.read(max: head.utf8.count)
        client.send([0, 1, 2, 255])
        let back = client.read(max: 4).bytes
        client.shutOutput()
        return (back, client.read().end)
      }
      #expect(back == [0, 1, 2, 255])
      #expect(end == .fin)
    }
  }

  @Test func speaksWebSocket() async throws {
    try await withLab { lab in
      let port = lab.port
      let (head, frames, end) = try await blocking {
        let client = try RawClient(port: port)
        client.send(request("/websocket", try scenario("websocket").request))
        let expected =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
        let head = client.read(max: expected.utf8.count).bytes
        // "Hi" masked with 1 2 3 4, an empty ping, a close with status 1000.
        client.send([0x81, 0x82, 1, 2, 3, 4, 0x48 ^ 1, 0x69 ^ 2])
        client.send([0x89, 0x80, 0, 0, 0, 0] + [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8])
        let (frames, end) = client.read()
        return (text(head) == expected, frames, end)
      }
      #expect(head)
      #expect(frames == [0x81, 2, 0x48, 0x69, 0x8A, 0, 0x88, 2, 0x03, 0xE8])
      #expect(end == .fin)
    }
  }
}
