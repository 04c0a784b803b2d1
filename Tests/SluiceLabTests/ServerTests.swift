import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import SluiceLab

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct ServerTests {
  @Test func countsWhatItSees() async throws {
    try await withLab { lab in
      let port = lab.port
      var hint = RequestHint.post(1000)
      hint.headers = [(name: "Idempotency-Key", value: "k1")]
      let post = request("/echo?x=1", hint) + [UInt8](repeating: 0x62, count: 1000)
      try await blocking {
        let client = try RawClient(port: port)
        client.send(post + request("/ok"))
        _ = client.readThrough(Array("ok\n".utf8))
        client.send(post)
        client.shutOutput()
        _ = client.read()
      }
      let counts = lab.counts
      #expect(counts.requests == 3)
      #expect(counts.requestsByPath == ["/echo": 2, "/ok": 1])
      #expect(counts.bodies == 2)
      #expect(counts.bodyBytes == 2000)
      #expect(counts.idempotencyKeys == ["k1": 2])
      #expect(counts.connectionsOpened == 1)
      lab.resetCounts()
      #expect(lab.counts.requests == 0)
    }
  }

  @Test func closesConnectionsBeyondItsLimit() async throws {
    var limits = LabLimits()
    limits.connections = 2
    try await withLab(limits: limits) { lab in
      let port = lab.port
      let ends = try await blocking {
        let clients = try (0..<3).map { _ in try RawClient(port: port) }
        for client in clients { client.send(request("/ok")) }
        return clients.map { $0.read(max: 1).bytes.isEmpty }
      }
      #expect(ends.filter { $0 }.count == 1)
      #expect(lab.counts.connectionsRefused == 1)
    }
  }

  @Test func closesWhatStaysIdle() async throws {
    var limits = LabLimits()
    // Long enough for a request to be sent on a machine that is busy.
    limits.idle = .milliseconds(500)
    limits.exchange = .milliseconds(100)
    try await withLab(limits: limits) { lab in
      let port = lab.port
      let ends = try await blocking {
        let idle = try RawClient(port: port)
        let stalled = try RawClient(port: port)
        stalled.send(request("/stall-head"))
        return [idle.read().end, stalled.read().end]
      }
      #expect(ends == [.fin, .fin])
    }
  }

  @Test(arguments: ["head", "body", "chunk"])
  func closesWhereARequestIsTooLarge(_ part: String) async throws {
    var limits = LabLimits()
    limits.headBytes = 1000
    limits.bodyBytes = 1000
    let requests = [
      "head": Array(("GET /ok HTTP/1.1\r\nX: " + String(repeating: "x", count: 2000)).utf8),
      "body": request("/stall-head", .post(2000)) + [UInt8](repeating: 0x62, count: 1500),
      "chunk": Array("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n".utf8),
    ]
    let bytes = try #require(requests[part])
    try await withLab(limits: limits) { lab in
      let port = lab.port
      let end = try await blocking {
        let client = try RawClient(port: port)
        client.send(bytes)
        return client.read().end
      }
      #expect(end != .open)
    }
  }

  /// The answer to what comes byte by byte, up to these words.
  private func answer(to bytes: [UInt8], ofServerAt port: Int, through last: String) async throws -> String {
    try await blocking {
      let client = try RawClient(port: port)
      for byte in bytes {
        client.send([byte])
        usleep(500)
      }
      return text(client.readThrough(Array(last.utf8)) ?? [])
    }
  }

  @Test func readsARequestInAnyPieces() async throws {
    try await withLab { lab in
      let port = lab.port
      let bytes = Array("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a\r\nabc\r\n0\r\nT: t\r\n\r\n".utf8)
      let answer = try await answer(to: bytes, ofServerAt: port, through: "\r\n0\r\n\r\n")
      // As many chunks as there were reads.
      #expect(answer.split(separator: "\r\n\r\n").dropFirst().joined().filter { "abc".contains($0) } == "abc")
      #expect(lab.counts.bodies == 1)
    }
  }

  @Test func readsOnAfterAnEarlyAnswerInAnyPieces() async throws {
    try await withLab { lab in
      let port = lab.port
      let trailer = "X-Trailer: " + String(repeating: "t", count: 100) + "\r\n"
      let head = "POST /early-413 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      let bytes = Array((head + "3\r\nabc\r\n2\r\nde\r\n0\r\n" + trailer + "\r\n").utf8) + request("/ok")
      let answer = try await answer(to: bytes, ofServerAt: port, through: "ok\n")
      #expect(answer.hasSuffix("early\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"))
      #expect(lab.counts.bodyBytes == 5)
    }
  }

  @Test func givesOneKeyToWhatIsBeyondItsCounters() async throws {
    var limits = LabLimits()
    limits.distinctKeys = 2
    try await withLab(limits: limits) { lab in
      let port = lab.port
      try await blocking {
        let client = try RawClient(port: port)
        client.send((0..<5).flatMap { request("/path\($0)") })
        client.shutOutput()
        _ = client.read()
      }
      #expect(lab.counts.requestsByPath == ["/path0": 1, "/path1": 1, "other": 3])
    }
  }

  @Test func passesALargeBodyOnlyAsFastAsItIsTaken() async throws {
    try await withLab { lab in
      let port = lab.port
      let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 50000000\r\n\r\n"
      let count = try await blocking {
        let client = try RawClient(port: port)
        client.send(request("/bytes/50000000"))
        usleep(50_000)
        var none: [UInt8] = []
        return client.skip(50_000_000 + head.utf8.count, keeping: &none, upTo: 0)
      }
      #expect(count == 50_000_000 + head.utf8.count)
    }
  }
}

/// Alone: other tests open and close descriptors of the same process meanwhile.
@Suite(.serialized) struct StopTests {
  @Test func closesEveryConnectionAndFile() async throws {
    // The kernel may give a port to another test before it is asked for: a lab that leaves one open does so each time.
    var isClosed = false
    for _ in 0..<5 where !isClosed { isClosed = try await closesAll() }
    #expect(isClosed, "a port is still open")
  }

  /// - Returns: whether nobody listens at its ports any more.
  private func closesAll() async throws -> Bool {
    let lab = try await LabServer.start(group: MultiThreadedEventLoopGroup.singleton)
    let main = lab.port
    let stuck = try #require(lab.port(of: scenario("stuck")))
    let dead = try #require(lab.port(of: scenario("connect-timeout")))
    let path = try #require(lab.unixPath(of: scenario("unix-healthy")))
    let clients = try await blocking {
      let clients = try [RawClient(port: main), RawClient(port: main), RawClient(port: stuck)]
      for (client, target) in zip(clients, ["/stall-head", "/ok", "/ok"]) { client.send(request(target)) }
      _ = clients[1].read(atLeast: 1, patience: 200)
      return UncheckedBox(clients)
    }
    try await lab.stop()
    let ends = try await blocking { clients.value.map { $0.read().end } }
    #expect(ends.allSatisfy { $0 != .open })
    #expect(lab.counts.connectionsOpen == 0)
    #expect(access(path, F_OK) != 0)
    return try await blocking {
      [main, stuck, dead].allSatisfy { port in
        do {
          try RawClient(port: port).close()
          return false
        } catch {
          return error as? RawClient.Failure == RawClient.Failure(call: "connect", number: ECONNREFUSED)
        }
      }
    }
  }

  @Test func aFailedStartLeavesNothingBehind() async throws {
    let lab = try await LabServer.start(group: MultiThreadedEventLoopGroup.singleton)
    await #expect(throws: (any Error).self) {
      try await LabServer.start(port: lab.port, group: MultiThreadedEventLoopGroup.singleton)
    }
    try await lab.stop()
  }
}
