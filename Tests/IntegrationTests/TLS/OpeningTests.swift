import Foundation
import SluiceGateway
import SluiceLab
import TestSupport
import Testing

extension Integration.TLS {
  /// Connections that never come to a request.
  @Suite struct OpeningTests {
    @Test func plainHTTPIsToldThatThePortSpeaksTLS() async throws {
      try await withSecureGateway { secure in
        let response = try await secure.gateway.get("/ok")
        #expect(response.status == 400)
        #expect(response["proxy-status"]?.contains("details=\"request_plaintext_on_tls_port\"") == true)
        #expect(response["connection"] == "close")
        let record = try await secure.gateway.log.records(atLeast: 1).first
        #expect(record?.cause == "request_plaintext_on_tls_port" && record?.who == "client" && record?.tls == nil)
        // Nor is there another way in: the preface of HTTP/2 is no request here, and nothing reaches the origin.
        let port = secure.port
        let (bytes, end) = try await blocking {
          let client = try RawClient(port: port)
          client.send(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0])
          return client.readToEnd()
        }
        #expect(text(bytes).hasPrefix("HTTP/1.1 400 ") && end != .open, "\(text(bytes))")
        #expect(secure.lab.counts.requestsByPath.isEmpty)
      }
    }

    @Test func whatIsNeitherTLSNorHTTPIsToldSo() async throws {
      try await withSecureGateway { secure in
        let port = secure.port
        for bytes in [
          Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), [0x80, 0x2E, 0x01, 0x00, 0x02, 0x0D, 0x0A], [0x00, 0x0A],
        ] {
          let (answer, end) = try await blocking {
            let client = try RawClient(port: port)
            client.send(bytes)
            return client.readToEnd()
          }
          #expect(text(answer).hasPrefix("HTTP/1.1 400 ") && end != .open, "\(bytes)")
        }
        // A TLS record that holds nonsense.
        let (answer, end) = try await blocking {
          let client = try RawClient(port: port)
          client.send([0x16, 0x03, 0x01, 0x00, 0x04, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0xFF, count: 64))
          return client.readToEnd()
        }
        #expect(answer.first == 0x15 && end != .open, "\(answer)")
        #expect(await secure.failures(.handshakeFailed) == 1)
      }
    }

    @Test func aHandshakeThatStallsIsLeft() async throws {
      let hello = try await ClientHello.recorded()
      try await withSecureGateway(listener: "timeouts: { handshake: 300ms }") { secure in
        let port = secure.port
        for bytes in [[], [hello[0]], Array(hello.prefix(hello.count / 2)), hello] {
          let end = try await blocking {
            let client = try RawClient(port: port)
            client.patience = 5000
            client.send(bytes)
            return client.readToEnd().end
          }
          #expect(end != .open, "\(bytes.count) bytes")
        }
        #expect(await secure.failures(.timeout) == 4)
        let counts = await secure.gateway.gateway.counts()
        #expect(counts.downstreamConnections == 0 && counts.timers == 0 && counts.recorded == 0)
      }
    }

    @Test func whoLeavesInTheMiddleIsCountedAndWhoSaysNothingIsNot() async throws {
      let hello = try await ClientHello.recorded()
      try await withSecureGateway { secure in
        let port = secure.port
        try await blocking {
          // A balancer that looks whether somebody listens.
          for _ in 0..<3 { try RawClient(port: port).close() }
          for _ in 0..<2 { try RawClient(port: port).reset() }
          for count in [1, hello.count / 2, hello.count] {
            let client = try RawClient(port: port)
            client.send(Array(hello.prefix(count)))
            if count == hello.count { _ = client.hasMore(within: 2000) }
            client.close()
          }
        }
        let isCounted = await eventually { await secure.failures(.closed) == 3 }
        #expect(isCounted)
        let areGone = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 0 }
        #expect(areGone)
        let counts = await secure.gateway.gateway.counts()
        #expect(counts.accepted == 8 && counts.timers == 0 && counts.recorded == 0)
        for reason in OpeningFailure.allCases where reason != .closed { #expect(counts.openingFailures[reason] == 0) }
      }
    }

    @Test func oneConnectionMoreIsToldSoInHTTP() async throws {
      // Each worker counts its own.
      try await withSecureGateway(listener: "limits: { connections: 1 }", extra: "workers: 1") { secure in
        let port = secure.port
        let first = try await blocking { UncheckedBox(try RawClient(port: port)) }
        _ = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 1 }
        let run = try await secure.curl("--http1.1", "-w", "\n%{http_code}")
        #expect(run.output.hasSuffix("\n503") && run.output.contains("admission_shed"), "\(run)")
        try await blocking { first.value.close() }
        _ = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 0 }
        let next = try await secure.curl("-w", "\n%{http_code}")
        #expect(next.output.hasSuffix("\n200"), "\(next)")
      }
    }

    @Test func aDrainWaitsForNoHandshakeThatNobodyGoesOnWith() async throws {
      try await withSecureGateway { secure in
        let port = secure.port
        let client = try await blocking {
          let client = try RawClient(port: port)
          client.send([0x16, 0x03])
          return UncheckedBox(client)
        }
        _ = await eventually { await secure.gateway.gateway.counts().downstreamConnections == 1 }
        let clock = ContinuousClock()
        let time = await clock.measure { await secure.gateway.gateway.drain() }
        #expect(time < .seconds(3))
        #expect(try await blocking { client.value.readToEnd().end } != .open)
      }
    }
  }
}
