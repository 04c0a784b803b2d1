import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration.TLS {
  /// Bodies over TLS, and how connections end.
  @Suite struct EndTests {
    @Test func largeBodiesPassBothWays() async throws {
      try await withSecureGateway { secure in
        let size = 64 << 20
        let download = try await secure.curl(
          "--http1.1", "-o", secure.folder.file("down"), "-w", "%{http_code} %{size_download}", path: "/bytes/\(size)")
        #expect(download.output == "200 \(size)", "\(download)")
        let upload = try await secure.curl(
          "--http1.1", "-o", secure.folder.file("back"), "-w", "%{http_code} %{size_upload} %{size_download}", "-H",
          "Expect:", "--data-binary", "@\(secure.folder.file("down"))", path: "/echo")
        #expect(upload.output == "200 \(size) \(size)", "\(upload)")
        #expect(
          FileManager.default.contentsEqual(
            atPath: secure.folder.file("down"), andPath: secure.folder.file("back")))
      }
    }

    @Test func aConnectionCarriesManyRequests() async throws {
      try await withSecureGateway { secure in
        let run = try await ToolRun([
          "curl", "-s", "-S", "--http1.1", "--cacert", secure.root, "--resolve", "a.test:\(secure.port):127.0.0.1",
          "-w", "%{http_code}-%{num_connects} ", "-o", "/dev/null", "https://a.test:\(secure.port)/bytes/[1-20]",
        ])
        #expect(run.output == "200-1 " + String(repeating: "200-0 ", count: 19), "\(run)")
      }
    }

    /// curl with OpenSSL takes an end without close_notify for an error where only the end says that a body is whole.
    @Test func aWholeBodyThatEndsWithTheConnectionEndsCleanly() async throws {
      try await withSecureGateway { secure in
        for path in ["/chunked/100000", "/bytes/100000"] {
          let run = try await secure.curl(
            "--http1.0", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", path: path)
          #expect(run.status == 0 && run.output == "200 100000", "\(run)")
        }
        let areGone = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 0 }
        #expect(areGone)
      }
    }

    @Test func aCutBodyNeverEndsCleanly() async throws {
      try await withSecureGateway { secure in
        let scenarios = LabCatalogue.scenarios.filter { $0.target.hasPrefix("/truncated-body/") }
        #expect(scenarios.count > 5)
        for scenario in scenarios {
          for version in ["--http1.1", "--http1.0"] {
            let run = try await secure.curl(version, "-o", "/dev/null", "-w", "%{http_code}", path: scenario.target)
            // An answer of the gateway's own where nothing had been passed on, else an error of curl's.
            #expect(run.status != 0 || run.output == "502", "\(version) \(scenario.name): \(run)")
          }
        }
      }
    }

    @Test func aDrainFinishesWhatIsUnderWayAndLeavesIdleClients() async throws {
      try await withSecureGateway(extra: "drain: { deadline: 5s }") { secure in
        let idle = try RunningProcess(
          ["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-quiet"], in: secure.folder)
        let isOpen = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 1 }
        #expect(isOpen)
        async let slow = secure.curl("-w", "%{http_code}", path: "/delay/1500")
        let isAsked = await eventually { secure.lab.counts.requestsByPath["/delay/1500"] == 1 }
        #expect(isAsked)
        await secure.gateway.gateway.drain()
        let run = try await slow
        #expect(run.output.hasSuffix("200"), "\(run)")
        await idle.wait()
        #expect(!idle.isRunning)
      }
    }

    @Test func aTunnelCarriesBytesBothWaysAndEndsWithItsClient() async throws {
      try await withSecureGateway { secure in
        let client = try RunningProcess(
          ["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-quiet", "-no_ign_eof"], in: secure.folder)
        let upgrade = "GET /tunnel HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
        client.input.fileHandleForWriting.write(Data((upgrade + String(repeating: "x", count: 200_000)).utf8))
        let isOpen = await eventually { secure.lab.counts.requestsByPath["/tunnel"] == 1 }
        #expect(isOpen)
        try client.input.fileHandleForWriting.close()
        await client.wait()
        let record = try #require(try await secure.gateway.log.records(atLeast: 1).first)
        #expect(record.status == 101 && record.cause == nil && record.tls == "TLSv1.3", "\(record)")
        #expect(record.bytesIn > 200_000, "\(record)")
        let isClosed = await eventually { secure.lab.counts.connectionsOpen == 0 }
        #expect(isClosed)
      }
    }

    @Test func whoLeavesWithoutAWordLeavesNothingBehind() async throws {
      try await withSecureGateway { secure in
        let client = try RunningProcess(
          ["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-quiet"], in: secure.folder)
        let isOpen = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 1 }
        #expect(isOpen)
        client.signal(SIGKILL)
        let isGone = await eventually(within: 3) { await secure.gateway.gateway.counts().downstreamConnections == 0 }
        #expect(isGone)
        #expect(await secure.gateway.gateway.counts().recorded == 0)
      }
    }

    @Test func anIdleConnectionIsClosedWithAWordOfTLS() async throws {
      try await withSecureGateway(listener: "timeouts: { idle: 300ms, head: 300ms }") { secure in
        // The client's input stays open, so that the end is the gateway's: exit status 0 means close_notify.
        let client = try RunningProcess(
          ["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-quiet"], in: secure.folder)
        client.input.fileHandleForWriting.write(Data("GET /ok HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        #expect(await client.wait() == 0)
        #expect(!client.errorText.contains("unexpected eof"), "\(client.errorText)")
        let isGone = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 0 }
        #expect(isGone)
      }
    }
  }
}
