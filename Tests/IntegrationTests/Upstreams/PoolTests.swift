import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// Endpoints, connections to them, and their limits.
  @Suite struct PoolTests {
    private static let get = "GET /ok HTTP/1.1\r\nHost: test\r\n\r\n"

    @Test func anAttemptThatWasRefusedIsMadeAtAnotherEndpoint() async throws {
      try await withLab { lab in
        let dead = try #require(LabCatalogue.scenario("connect-refused"))
        for balance in ["roundRobin", "leastRequest", "random", "peakEWMA", "consistentHash"] {
          let yaml = """
            listeners: [{ address: '127.0.0.1:0' }]
            upstreams:
              app:
                endpoints: ['\(lab.endpoint(of: dead))', 'http://127.0.0.1:\(lab.port)']
                balance: \(balance)
                ejection: off
            """
          try await withGateway(yaml) { gateway in
            for _ in 0..<20 { #expect(try await gateway.get("/ok").status == 200, "\(balance)") }
            let records = try await gateway.log.records(atLeast: 20)
            #expect(records.count == 20)
            let retried = records.filter { $0.attempts?.count == 2 }
            for record in retried {
              #expect(record.attempts?.map(\.cause) == ["connect_refused", nil], "\(balance)")
              #expect(record.attempts?.first?.errno == "ECONNREFUSED")
              #expect(record.cause == nil && record.status == 200)
            }
            if balance == "roundRobin" { #expect(retried.count >= 8, "\(retried.count) of 20 met the dead endpoint") }
            let counts = await gateway.gateway.counts()
            #expect(counts.requestPermits == 0 && counts.upstreamConnections == counts.idleConnections)
          }
        }
      }
    }

    @Test func aPostIsMadeAtAnotherEndpointWhereNothingWasSent() async throws {
      try await withLab { lab in
        let dead = try #require(LabCatalogue.scenario("connect-refused"))
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['\(lab.endpoint(of: dead))', 'http://127.0.0.1:\(lab.port)'], balance: roundRobin } }
          """
        try await withGateway(yaml) { gateway in
          for number in 0..<6 {
            let response = try await gateway.exchange(
              "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 6\r\n\r\nbody \(number)")
            #expect(response.bodyText == "body \(number)")
          }
          #expect(lab.counts.requests == 6)
        }
      }
    }

    @Test func everyEndpointRefusingIsTheCauseOfTheLast() async throws {
      try await withLab { lab in
        let dead = try #require(LabCatalogue.scenario("connect-refused"))
        let other = try #require(LabCatalogue.scenario("unix-socket-missing"))
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['\(lab.endpoint(of: dead))', '\(lab.endpoint(of: other))'], balance: roundRobin } }
          """
        try await withGateway(yaml) { gateway in
          let response = try await gateway.get("/")
          #expect(response.status == 502)
          let record = try #require(try await gateway.log.records(atLeast: 1).first)
          #expect(record.attempts?.count == 3 && record.notRetriedBecause == "attempts_max")
          #expect(
            Set(record.attempts?.prefix(2).compactMap(\.endpoint) ?? []).count == 2, "one was tried twice at once")
          #expect(record.cause == record.attempts?.last?.cause)
        }
      }
    }

    @Test func aConnectionIsUsedAgainAndAClosedOneIsNot() async throws {
      try await withGatewayAndLab("workers: 1", upstream: "timeouts: { poolIdle: 300ms }") { gateway, lab in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          for turn in 1...3 {
            #expect(
              client.exchange("GET /connection HTTP/1.1\r\nHost: test\r\n\r\n").bodyText
                == "connection 1 request \(turn)\n")
          }
        }
        let isClosed = await eventually { lab.counts.connectionsOpen == 0 }
        #expect(isClosed, "an idle connection stays beyond poolIdle")
        #expect(try await gateway.get("/connection").bodyText == "connection 2 request 1\n")
        let counts = await gateway.gateway.counts()
        #expect(counts.upstreamConnections == 1 && counts.connectionPermits == 1)
      }
    }

    @Test func aFullQueueIsAnswered503AtOnce() async throws {
      let limits = "limits: { requests: 1, queue: 1 }, timeouts: { queue: 5s }"
      try await withGatewayAndLab("workers: 1", upstream: limits) { gateway, lab in
        try await withThrowingTaskGroup(of: Int.self) { group in
          group.addTask { try await gateway.get("/delay/600").status }
          _ = await eventually { lab.counts.requests == 1 }
          group.addTask { try await gateway.get("/ok").status }
          _ = await eventually { await gateway.gateway.counts().exchanges == 2 }
          let refused = try await gateway.get("/ok")
          #expect(refused.status == 503 && refused["retry-after"] != nil)
          #expect(refused["proxy-status"]?.contains("pool_queue_full") == true)
          for try await status in group { #expect(status == 200) }
        }
        let counts = await gateway.gateway.counts()
        #expect(counts.requestPermits == 0)
        let records = try await gateway.log.records(atLeast: 3)
        #expect(records.filter { $0.cause == "pool_queue_full" }.count == 1 && records.count == 3)
      }
    }

    @Test(arguments: ["requests: 1", "connections: 1"])
    func aRequestThatWaitedTooLongIsAnswered503(limit: String) async throws {
      let upstream = "limits: { \(limit) }, timeouts: { queue: 200ms }"
      try await withGatewayAndLab(upstream: upstream) { gateway, lab in
        async let slow = gateway.get("/delay/700")
        _ = await eventually { lab.counts.requests == 1 }
        let refused = try await gateway.get("/ok")
        #expect(refused.status == 503 && refused["retry-after"] != nil)
        #expect(refused["proxy-status"]?.contains("pool_queue_timeout") == true)
        #expect(try await slow.status == 200)
        let after = try await gateway.get("/ok")
        #expect(after.status == 200, "a permit was lost")
        let records = try await gateway.log.records(atLeast: 3)
        #expect(records.map(\.cause).contains("pool_queue_timeout"))
      }
    }

    @Test(arguments: ["requests: 2", "connections: 2"])
    func requestsThatWaitAreServedInTurn(limit: String) async throws {
      try await withGatewayAndLab(upstream: "limits: { \(limit) }, timeouts: { queue: 20s }") { gateway, _ in
        try await inParallel(Array(0..<40), width: 20) { _ in
          let response = try await gateway.get("/delay/10")
          #expect(response.status == 200)
        }
        let counts = await gateway.gateway.counts()
        #expect(counts.requestPermits == 0)
        if limit == "connections: 2" { #expect(counts.connectionPermits <= 2) }
        #expect(counts.connectionPermits == counts.upstreamConnections)
      }
    }

    @Test func aCookieKeepsAClientAtItsEndpoint() async throws {
      try await withOrigin(answer: { _ in Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na".utf8) }) { first in
        try await withOrigin(answer: { _ in Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb".utf8) }) { second in
          let yaml = """
            listeners: [{ address: '127.0.0.1:0' }]
            upstreams:
              app:
                endpoints: ['http://127.0.0.1:\(first.port)', 'http://127.0.0.1:\(second.port)']
                balance: roundRobin
                sticky: { cookie: place }
            """
          try await withGateway(yaml) { gateway in
            for _ in 0..<4 {
              let given = try await gateway.get("/")
              let cookie = try #require(given["set-cookie"]?.split(separator: ";").first.map(String.init))
              #expect(cookie.hasPrefix("place=") && !cookie.contains("127.0.0.1"))
              for _ in 0..<4 {
                let again = try await gateway.get("/", "Cookie: other=1; \(cookie)")
                #expect(again.bodyText == given.bodyText && again["set-cookie"] == nil)
              }
            }
            #expect(try await gateway.get("/", "Cookie: place=0000000000000000")["set-cookie"] != nil)
          }
        }
      }
    }
  }
}
