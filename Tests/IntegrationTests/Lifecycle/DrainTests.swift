import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// The end: what is under way finishes within the deadline, what is idle is closed, nothing listens after it.
  @Suite struct DrainTests {
    private static let deadline = "drain: { deadline: 2s }"

    @Test func aRequestUnderWayFinishesAndIdleConnectionsAreClosed() async throws {
      try await withGatewayAndLab(Self.deadline) { gateway, lab in
        let port = gateway.port
        let idle = try await blocking {
          let client = try RawClient(port: port)
          #expect(client.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").status == 200)
          return UncheckedBox(client)
        }
        async let slow = blocking {
          let client = try RawClient(port: port)
          let response = client.exchange("GET /delay/500 HTTP/1.1\r\nHost: test\r\n\r\n")
          return (response, client.readToEnd().end)
        }
        _ = await eventually { lab.counts.requests == 2 }
        async let drained: Void = gateway.gateway.drain()
        let idleEnd = try await blocking { idle.value.readToEnd().end }
        #expect(idleEnd == .fin)
        let (response, end) = try await slow
        #expect(response.status == 200 && response.bodyText == "late\n" && response["connection"] == "close")
        #expect(end == .fin)
        await drained
        #expect(throws: RawClient.Failure.self) { try RawClient(port: port) }
        let isClosed = await eventually { lab.counts.connectionsOpen == 0 }
        #expect(isClosed)
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func whatDoesNotFinishIsCutAtTheDeadline() async throws {
      try await withGatewayAndLab("drain: { deadline: 300ms }") { gateway, lab in
        let port = gateway.port
        async let stuck = blocking {
          try RawClient(port: port).exchange("GET /stall-body HTTP/1.1\r\nHost: test\r\n\r\n")
        }
        _ = await eventually { lab.counts.requests == 1 }
        let start = ContinuousClock.now
        await gateway.gateway.drain()
        #expect(ContinuousClock.now - start < .seconds(3))
        let response = try await stuck
        #expect(!response.isWhole, "a message that was cut must not look whole")
        #expect(try await gateway.log.records(atLeast: 1).first?.isAborted == true)
      }
    }

    /// What a client sees that never repeats a request: each answer but the last keeps the connection, and the last one
    /// says that it is the last.
    @Test(.timeLimit(.minutes(1)))
    func noClientOnKeepAliveIsLeftWithoutAWord() async throws {
      try await withGatewayAndLab("drain: { deadline: 8s }") { gateway, _ in
        let port = gateway.port
        let answers = EndlessLoad()
        try await withThrowingTaskGroup(of: Void.self) { group in
          for pause: UInt32 in [0, 0, 1000, 20_000, 300_000, 1_000_000] {
            group.addTask {
              try await blocking {
                let client = try RawClient(port: port)
                while true {
                  let response = client.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n")
                  guard response.status == 200, response.isWhole else {
                    Issue.record("with a pause of \(pause) µs: \(response.status) \(String(describing: response.end))")
                    return
                  }
                  answers.answered.wrappingAdd(1, ordering: .relaxed)
                  if response["connection"] == "close" { return }
                  usleep(pause)
                }
              }
            }
          }
          #expect(await answers.answers(100))
          await gateway.gateway.drain()
          try await group.waitForAll()
        }
      }
    }

    @Test func aDelayGoesOnAccepting() async throws {
      try await withGatewayAndLab("drain: { delay: 400ms, deadline: 1s }") { gateway, _ in
        async let drained: Void = gateway.gateway.drain()
        let during = try await gateway.get("/ok")
        #expect(during.status == 200)
        await drained
        #expect(throws: RawClient.Failure.self) { try RawClient(port: gateway.port) }
      }
    }

    @Test func nothingIsLeftAfterManyStartsAndStops() async throws {
      try await withLab { lab in
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(lab.port)'] } }
          """
        var descriptors: [Int] = []
        for _ in 0..<6 {
          try await withGateway(yaml) { gateway in
            let response = try await gateway.get("/ok")
            #expect(response.status == 200)
          }
          descriptors.append(Process.openDescriptors)
        }
        // The threads of the logs close their pipes a moment after the end.
        let least = descriptors.min() ?? 0
        let isFreed = await eventually { Process.openDescriptors <= least }
        #expect(isFreed, "descriptors: \(descriptors)")
      }
    }
  }
}
