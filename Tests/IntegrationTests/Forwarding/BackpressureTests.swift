import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// A side that takes no bytes stops the other; nothing grows meanwhile.
  @Suite struct BackpressureTests {
    @Test func aSlowReaderOfALargeResponseCostsLittleMemory() async throws {
      try await withGatewayAndLab(upstream: "timeouts: { bodyIdle: 1s }") { gateway, _ in
        let port = gateway.port
        let size = 50 << 20
        let before = Process.residentBytes
        let clients = try await blocking {
          let clients = try (0..<8).map { _ in try RawClient(port: port, receiveBuffer: 16 << 10) }
          for client in clients { client.send("GET /bytes/\(size) HTTP/1.1\r\nHost: test\r\n\r\n") }
          // Longer than bodyIdle: it must not run while the client holds the body back.
          for client in clients { #expect(client.hasMore(within: 5000)) }
          Thread.sleep(forTimeInterval: 1.5)
          return UncheckedBox(clients)
        }
        // Kernel buffers are not counted; the gateway may hold its watermark and a read for each. Other tests of the
        // process grow too, but 400 MiB would be seen.
        let isSmall = await Process.grew(byLessThan: 64 << 20, since: before)
        #expect(isSmall, "grew by \((Process.residentBytes - before) >> 20) MiB")
        let first = try await blocking { clients.value[0].readResponse(keeping: 0) }
        #expect(first.isWhole && first.bodyCount == size, "\(first.bodyCount) of \(size) bytes")
      }
    }

    @Test func aSlowUpstreamStopsTheClient() async throws {
      try await withGatewayAndLab(upstream: "timeouts: { bodyIdle: 400ms }") { gateway, _ in
        let port = gateway.port
        let (sent, response) = try await blocking {
          let client = try RawClient(port: port)
          let size = 64 << 20
          client.send(
            Array("POST /never-reads HTTP/1.1\r\nHost: test\r\nContent-Length: \(size)\r\n\r\n".utf8)
              + [UInt8](repeating: 0x78, count: size))
          let response = client.readResponse()
          return (client.taken, response)
        }
        #expect(response.status == 504, "\(response.status)")
        #expect(sent < 32 << 20, "the gateway took \(sent >> 20) MiB for an upstream that takes nothing")
        #expect(try await gateway.log.records(atLeast: 1).first?.cause == "write_timeout")
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func aHundredStalledReadersAndAHundredStalledUploadsStayWithinABound() async throws {
      let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 31457280\r\nConnection: close\r\n\r\n".utf8)
      let answer = head + [UInt8](repeating: 0x78, count: 31_457_280)
      let post = Array("POST /never-reads HTTP/1.1\r\nHost: test\r\nContent-Length: 8388608\r\n\r\n".utf8)
      let upload = post + [UInt8](repeating: 0x78, count: 8_388_608)
      try await withOrigin(answer: { _ in answer }) { origin in
        try await withLab { lab in
          let yaml = """
            listeners: [{ address: '127.0.0.1:0' }]
            routes: [{ path: /never-reads, upstream: stalled }, { upstream: large }]
            upstreams:
              stalled: { endpoints: ['http://127.0.0.1:\(lab.port)'] }
              large: { endpoints: ['http://127.0.0.1:\(origin.port)'] }
            """
          try await withGateway(yaml) { gateway in
            let port = gateway.port
            let before = Process.residentBytes
            let clients = try await blocking {
              let clients = try (0..<200).map { number in
                let client = try RawClient(port: port, receiveBuffer: 16 << 10)
                client.send(number % 2 == 0 ? Array("GET / HTTP/1.1\r\nHost: test\r\n\r\n".utf8) : upload)
                return client
              }
              // As long as uploads move there is something to look at.
              var unsent = -1
              while clients.reduce(0, { $0 + $1.unsent }) != unsent {
                unsent = clients.reduce(0) { $0 + $1.unsent }
                for client in clients { client.push() }
                Thread.sleep(forTimeInterval: 0.3)
              }
              // The clients that have sent all they could give up their side.
              for client in clients { client.shutOutput() }
              Thread.sleep(forTimeInterval: 0.5)
              return UncheckedBox(clients)
            }
            let isSmall = await Process.grew(byLessThan: 100 << 20, since: before)
            #expect(isSmall, "grew by \((Process.residentBytes - before) >> 20) MiB")
            for client in clients.value { client.close() }
          }
        }
      }
    }

    /// Who answers what is pipelined.
    enum Answering: CaseIterable {
      case origin, gateway

      /// A request of eight KiB.
      func request(_ body: [UInt8]) -> [UInt8] {
        switch self {
        case .origin:
          Array("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
        case .gateway:
          Array("GET /own HTTP/1.1\r\nHost: test\r\nX-Padding: ".utf8) + body + Array("\r\n\r\n".utf8)
        }
      }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Answering.allCases)
    func whoPipelinesAndDoesNotReadIsReadNoFurtherAndLosesNothing(answering: Answering) async throws {
      // More than fits into the buffers of the kernel, of which the larger ones hold 4 MiB, and those of the gateway.
      let (count, padding) = (3000, String(repeating: "x", count: 8 << 10))
      let bodies = (0..<count).map { number in Array(((answering == .origin ? "\(number) " : "own ") + padding).utf8) }
      let pipelined = bodies.flatMap(answering.request)
      let routes = "routes: [{ path: /own, respond: { body: 'own \(padding)' } }, { upstream: app }]"
      try await withGatewayAndLab(routes) { gateway, lab in
        let port = gateway.port
        let before = Process.residentBytes
        let (client, isAllTaken) = try await blocking {
          let client = try RawClient(port: port, receiveBuffer: 16 << 10)
          client.send(pipelined)
          // Reading has paused where nothing more is taken for so long.
          return (UncheckedBox(client), client.flush(patience: 500))
        }
        #expect(!isAllTaken, "all of \(pipelined.count >> 20) MiB was taken from who does not read")
        let isSmall = await Process.grew(byLessThan: 16 << 20, since: before)
        #expect(isSmall, "grew by \((Process.residentBytes - before) >> 20) MiB")
        let stalled = await gateway.gateway.counts()
        // A request that may not be repeated takes a new connection until a pooled one is young by proof.
        #expect(stalled.exchanges <= 1 && stalled.upstreamConnections <= 3)
        #expect(stalled.recorded > 0 && stalled.recorded < count / 2, "\(stalled.recorded) of \(count) were answered")
        #expect(lab.counts.requests < count / 2)
        let wrong = try await blocking {
          bodies.indices.first { index in
            let response = client.value.readResponse()
            return response.status != 200 || response.body != bodies[index]
          }
        }
        #expect(wrong == nil, "the answer to request \(wrong ?? 0) is not its own, or did not come")
        let areRecorded = await eventually { await gateway.gateway.counts().recorded == UInt64(count) }
        #expect(areRecorded)
        let after = await gateway.gateway.counts()
        #expect(after.exchanges == 0 && after.requestPermits == 0)
      }
    }

    @Test func anUpstreamThatPausesIsWaitedFor() async throws {
      try await withGatewayAndLab(upstream: "timeouts: { bodyIdle: 2s }") { gateway, lab in
        let size = 24 << 20
        let head = "POST /slow-reader?ms=600 HTTP/1.1\r\nHost: test\r\nContent-Length: \(size)\r\n\r\n"
        let response = try await gateway.exchange(Array(head.utf8) + [UInt8](repeating: 0x78, count: size))
        #expect(response.status == 200 && response.bodyText == "read whole\n")
        #expect(lab.counts.bodyBytes == size)
      }
    }

    @Test func aClientThatTakesNothingIsGivenUp() async throws {
      try await withGatewayAndLab(listener: "timeouts: { write: 300ms }") { gateway, lab in
        let port = gateway.port
        let client = try await blocking {
          let client = try RawClient(port: port, receiveBuffer: 16 << 10)
          client.send("GET /bytes/52428800 HTTP/1.1\r\nHost: test\r\n\r\n")
          #expect(client.hasMore(within: 5000))
          return UncheckedBox(client)
        }
        let record = try await gateway.log.records(atLeast: 1, within: 5).first
        #expect(record?.cause == "client_aborted" && record?.isAborted == true)
        let isClosed = await eventually { lab.counts.connectionsOpen == 0 }
        #expect(isClosed, "the upstream went on for nobody")
        let (bytes, end) = try await blocking { client.value.readToEnd() }
        #expect(bytes.count < 52_428_800 && end != .open)
      }
    }
  }
}

extension Process {
  /// Resident memory of this process, in bytes.
  static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(getpagesize())
  }

  /// Whether resident memory is within a bound: what is held stays, while other suites of this process come and go.
  static func grew(byLessThan bound: Int, since before: Int) async -> Bool {
    await eventually(within: 15) { residentBytes - before < bound }
  }

  static var openDescriptors: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
  }
}
