import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// A log that takes nothing costs lines, never a request.
  @Suite struct OutputTests {
    @Test(.timeLimit(.minutes(1)))
    func aFullDiskAndAnUnreadPipeLoseNoRequest() async throws {
      var pipe: [Int32] = [0, 0]
      #expect(Glibc.pipe(&pipe) == 0)
      let (reading, writing) = (pipe[0], pipe[1])
      defer {
        close(reading)
        close(writing)
      }
      try await withLab { lab in
        let dead = try #require(LabCatalogue.scenario("connect-refused"))
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          routes: [{ path: /dead, upstream: dead }, { upstream: app }]
          upstreams:
            app: { endpoints: ['http://127.0.0.1:\(lab.port)'] }
            dead: { endpoints: ['\(lab.endpoint(of: dead))'] }
          accessLog: { path: /dev/full }
          """
        try await withGateway(yaml, errors: writing) { gateway in
          // The pipe is full before the first line: whatever is told waits or is dropped.
          let filler = [UInt8](repeating: 0x2E, count: 4096)
          _ = fcntl(writing, F_SETFL, O_NONBLOCK)
          while write(writing, filler, filler.count) > 0 {}
          _ = fcntl(writing, F_SETFL, 0)
          // Long paths, so that more is logged than the queue holds.
          let path = "/ok?" + String(repeating: "p", count: 6000)
          let start = ContinuousClock.now
          try await inParallel(Array(0..<8), width: 8) { number in
            let port = gateway.port
            try await blocking {
              let client = try RawClient(port: port)
              for turn in 0..<300 {
                let target = turn % 30 == 29 ? "/dead/\(number)" : path
                let response = client.exchange("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n")
                if response.status != (turn % 30 == 29 ? 502 : 200) {
                  Issue.record("request \(turn): \(response.status)")
                  return
                }
              }
            }
          }
          #expect(ContinuousClock.now - start < .seconds(30))
          let counts = await gateway.gateway.counts()
          #expect(counts.recorded == 2400 && counts.exchanges == 0)
          let wereCounted = await eventually { gateway.output.droppedLines > 0 }
          #expect(wereCounted, "lines were dropped and nobody counted them")
        }
      }
    }

    @Test func eachFailureIsToldOnStandardErrorAndEachExchangeInTheLog() async throws {
      let errors = GatewayHarness.temporaryPath("errors.log")
      let descriptor = open(errors, O_CREAT | O_WRONLY | O_APPEND, 0o600)
      defer {
        close(descriptor)
        try? FileManager.default.removeItem(atPath: errors)
      }
      try await withLab { lab in
        let dead = try #require(LabCatalogue.scenario("connect-refused"))
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['\(lab.endpoint(of: dead))'] } }
          """
        try await withGateway(yaml, errors: descriptor) { gateway in
          let secret = "Authorization: Bearer s3cr3t-token"
          let response = try await gateway.get("/path?token=t0k3n", secret, "Cookie: session=c00kie")
          let id = try #require(response["sluice-incident"])
          let wasTold = await eventually {
            (try? String(contentsOfFile: errors, encoding: .utf8))?.contains(id) == true
          }
          #expect(wasTold)
          let told = try String(contentsOfFile: errors, encoding: .utf8)
          let line = told.components(separatedBy: "\n").first { $0.contains(id) } ?? ""
          #expect(line.contains("connect_refused"))
          for word in ["s3cr3t", "t0k3n", "c00kie"] { #expect(!told.contains(word), "\(word) was written") }
          #expect(try await gateway.log.records(atLeast: 1).first?.id == id)
          let log = try String(contentsOfFile: gateway.log.path, encoding: .utf8)
          #expect(!log.contains("s3cr3t") && !log.contains("c00kie"))
        }
      }
    }
  }
}
