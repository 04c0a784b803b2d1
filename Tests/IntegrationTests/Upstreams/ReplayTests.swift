import Foundation
import SluiceLab
import Synchronization
import TestSupport
import Testing

extension Integration {
  /// What is sent again, what is not, and that it is the same.
  @Suite struct ReplayTests {
    /// A gateway in front of an origin that closes where it should answer, and one that answers.
    private func withBroken(
      _ extra: String = "", retry: String = "attempts: 3",
      _ body: (_ gateway: GatewayHarness, _ broken: RecordingOrigin, _ fine: RecordingOrigin) async throws -> Void
    ) async throws {
      try await withOrigin(answer: { _ in nil }) { broken in
        try await withOrigin { fine in
          let yaml = """
            listeners: [{ address: '127.0.0.1:0' }]
            upstreams:
              app:
                endpoints: ['http://127.0.0.1:\(broken.port)', 'http://127.0.0.1:\(fine.port)']
                balance: roundRobin
                retry: { \(retry) }
            workers: 1
            \(extra)
            """
          try await withGateway(yaml) { try await body($0, broken, fine) }
        }
      }
    }

    @Test(arguments: ["GET", "HEAD", "OPTIONS", "DELETE", "PUT"])
    func anIdempotentRequestIsMadeElsewhere(method: String) async throws {
      try await withBroken { gateway, broken, fine in
        for _ in 0..<4 {
          let response = try await gateway.exchange("\(method) /a HTTP/1.1\r\nHost: test\r\n\r\n")
          #expect(response.status == 200)
        }
        let records = try await gateway.log.records(atLeast: 4)
        let replayed = records.filter { $0.attempts?.count == 2 }
        #expect(!replayed.isEmpty && replayed.allSatisfy { $0.attempts?.first?.cause == "closed_before_response" })
        #expect(replayed.allSatisfy { $0.cause == nil && $0.notRetriedBecause == nil })
        #expect(!broken.received.isEmpty && !fine.received.isEmpty)
      }
    }

    @Test func whatMayHaveBeenProcessedIsNotMadeTwice() async throws {
      try await withBroken { gateway, _, fine in
        var statuses: [Int] = []
        for number in 0..<4 {
          let request = "POST /pay/\(number) HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody"
          statuses.append(try await gateway.exchange(request).status)
        }
        #expect(statuses.contains(502) && statuses.contains(200), "\(statuses)")
        let records = try await gateway.log.records(atLeast: 4)
        for record in records where record.status == 502 {
          #expect(record.attempts?.count == 1 && record.notRetriedBecause == "method")
        }
        #expect(text(fine.received).components(separatedBy: "POST ").count - 1 == statuses.filter { $0 == 200 }.count)
      }
    }

    @Test(arguments: [false, true])
    func anIdempotencyKeyIsBelievedWhereTheOperatorSaysSo(isBelieved: Bool) async throws {
      try await withBroken(retry: "idempotencyKeys: \(isBelieved)") { gateway, _, _ in
        var statuses: Set<Int> = []
        for number in 0..<4 {
          let request =
            "POST /pay HTTP/1.1\r\nHost: test\r\nIdempotency-Key: k\(number)\r\nContent-Length: 4\r\n\r\nbody"
          statuses.insert(try await gateway.exchange(request).status)
        }
        #expect(statuses == (isBelieved ? [200] : [200, 502]))
      }
    }

    /// The second endpoint receives what the first was sent, whatever of it had come when the first one failed.
    @Test(arguments: [1, 100, 40_000, 64 << 10], [false, true])
    func aBodyIsSentAgainWhole(size: Int, isChunked: Bool) async throws {
      let body = (0..<size).map { UInt8(97 + $0 % 26) }
      try await withBroken { gateway, _, fine in
        for round in 0..<4 {
          fine.clear()
          let head = "PUT /file HTTP/1.1\r\nHost: test\r\n"
          let request =
            isChunked
            ? Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8) + Self.chunks(body, size / 3 + 1)
            : Array("\(head)Content-Length: \(size)\r\n\r\n".utf8) + body
          let response = try await gateway.exchange(request)
          #expect(response.status == 200, "round \(round)")
          let received = fine.received
          let end = try #require(received.offset(of: Array("\r\n\r\n".utf8)))
          let sent = isChunked ? Self.unchunked(Array(received[(end + 4)...])) : Array(received[(end + 4)...])
          #expect(sent == body, "round \(round): \(sent.count) bytes of \(size)")
        }
        let records = try await gateway.log.records(atLeast: 4)
        #expect(records.contains { $0.attempts?.count == 2 })
      }
    }

    @Test func aBodyBeyondTheLimitIsNotKept() async throws {
      try await withBroken(retry: "bodyLimit: 1KiB") { gateway, _, _ in
        for _ in 0..<4 {
          let body = String(repeating: "b", count: 1025)
          _ = try await gateway.exchange("PUT / HTTP/1.1\r\nHost: test\r\nContent-Length: 1025\r\n\r\n\(body)")
        }
        let records = try await gateway.log.records(atLeast: 4)
        let failed = records.filter { $0.status == 502 }
        #expect(!failed.isEmpty && failed.allSatisfy { $0.notRetriedBecause == "body_not_buffered" })
      }
    }

    @Test func attemptsAreBounded() async throws {
      try await withGatewayAndOrigin(upstream: "retry: { attempts: 2 }", answer: { _ in nil }) { gateway, origin in
        let response = try await gateway.get("/")
        #expect(response.status == 502)
        let record = try #require(try await gateway.log.records(atLeast: 1).first)
        #expect(record.attempts?.count == 2 && record.notRetriedBecause == "attempts_max")
        #expect(text(origin.received).components(separatedBy: "GET ").count - 1 == 2)
      }
    }

    @Test func aBudgetOfNothingAllowsNoRepetition() async throws {
      try await withGatewayAndOrigin(upstream: "retry: { budget: 0% }", answer: { _ in nil }) { gateway, origin in
        let response = try await gateway.get("/")
        #expect(response.status == 502)
        let record = try #require(try await gateway.log.records(atLeast: 1).first)
        #expect(record.attempts?.count == 1 && record.notRetriedBecause == "budget")
        #expect(text(origin.received).components(separatedBy: "GET ").count - 1 == 1)
      }
    }

    /// The floor of the budget is 100 in ten seconds, the rest a fifth of the requests; counted at the origin.
    @Test func theBudgetBoundsWhatAFailingOriginIsAsked() async throws {
      let asked = Atomic<Int>(0)
      let answer: @Sendable (String) -> [UInt8]? = { _ in
        asked.add(1, ordering: .relaxed)
        return nil
      }
      try await withGatewayAndOrigin("workers: 1", answer: answer) { gateway, _ in
        let port = gateway.port
        let requests = 300
        try await inParallel(Array(0..<requests), width: 16) { _ in
          let response = try await blocking {
            try RawClient(port: port).exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
          }
          #expect(response.status == 502)
        }
        let replays = asked.load(ordering: .relaxed) - requests
        #expect(replays > 50 && replays <= 100 + requests / 5, "\(replays) replays of \(requests) requests")
        let records = try await gateway.log.records(atLeast: requests)
        #expect(records.contains { $0.notRetriedBecause == "budget" })
      }
    }

    /// A connection that the origin closes as the request comes: sent again on a fresh one, to the same endpoint.
    @Test func aStaleConnectionCostsAGetNothing() async throws {
      let turn = Atomic<Int>(0)
      let answer: @Sendable (String) -> [UInt8]? = { _ in
        turn.add(1, ordering: .relaxed).oldValue % 2 == 1 ? nil : RecordingOrigin.ok
      }
      try await withGatewayAndOrigin("workers: 1", answer: answer) { gateway, _ in
        for _ in 0..<10 {
          let response = try await gateway.get("/")
          #expect(response.status == 200)
        }
        let records = try await gateway.log.records(atLeast: 10)
        let absorbed = records.filter { $0.attempts?.count == 2 }
        #expect(!absorbed.isEmpty)
        #expect(
          absorbed.allSatisfy { $0.attempts?.first?.cause == "stale_keepalive" && $0.attempts?.last?.isReused != true })
      }
    }

    // MARK: Chunks

    private static func chunks(_ body: [UInt8], _ size: Int) -> [UInt8] {
      var bytes: [UInt8] = []
      var start = 0
      while start < body.count {
        let piece = body[start..<min(start + size, body.count)]
        bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
        start += size
      }
      return bytes + Array("0\r\n\r\n".utf8)
    }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
      var body: [UInt8] = []
      var place = 0
      while let end = bytes.offset(of: [0x0D, 0x0A], from: place), let size = Int(text(bytes[place..<end]), radix: 16),
        size > 0
      {
        body += bytes[(end + 2)..<(end + 2 + size)]
        place = end + 4 + size
      }
      return body
    }
  }
}
