import SluiceGateway
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// The PROXY protocol in front of clients' bytes.
  @Suite struct ProxyProtocolTests {
    private static let trusted = "trusted: { proxies: [127.0.0.0/8] }"
    private static let request = Array("GET /head HTTP/1.1\r\nHost: test\r\nX-Request-ID: asked\r\n\r\n".utf8)
    private static let v1 = Array("PROXY TCP4 192.0.2.7 198.51.100.1 5555 443\r\n".utf8)
    private static let v2: [UInt8] =
      [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x11, 0x00, 0x0C]
      + [192, 0, 2, 7, 198, 51, 100, 1, 0x15, 0xB3, 0x01, 0xBB]
    private static let local: [UInt8] = Array(v2.prefix(12)) + [0x20, 0x00, 0x00, 0x00]

    private func failures(_ gateway: GatewayHarness, _ reason: OpeningFailure) async -> UInt64 {
      await gateway.gateway.counts().openingFailures[reason]
    }

    @Test(arguments: [v1, v2])
    func theClientIsWhoTheProxySpeaksFor(_ header: [UInt8]) async throws {
      try await withGatewayAndLab(Self.trusted, listener: "proxyProtocol: required") { gateway, _ in
        let port = gateway.port
        let whole = header + Self.request
        // In one piece, cut in the header, behind it, and in the request.
        for cut in [whole.count, 1, header.count / 2, header.count - 1, header.count, header.count + 5] {
          let answer = try await blocking {
            let client = try RawClient(port: port)
            client.send(Array(whole[..<cut]))
            if cut < whole.count {
              #expect(!client.hasMore(within: 30))
              client.send(Array(whole[cut...]))
            }
            return client.readResponse()
          }
          #expect(answer.status == 200)
          #expect(answer.bodyText.contains("X-Forwarded-For: 192.0.2.7\r\n"), "\(answer.bodyText)")
          #expect(answer.bodyText.contains("Forwarded: for=192.0.2.7;"), "\(answer.bodyText)")
        }
        let records = try await gateway.log.records(atLeast: 6)
        #expect(records.allSatisfy { $0.client == "192.0.2.7:5555" }, "\(records)")
      }
    }

    @Test func aProxyThatSpeaksForItselfIsTheClient() async throws {
      try await withGatewayAndLab(Self.trusted, listener: "proxyProtocol: required") { gateway, _ in
        for header in [Self.local, Array("PROXY UNKNOWN\r\n".utf8)] {
          let answer = try await gateway.exchange(header + Self.request)
          #expect(answer.bodyText.contains("X-Forwarded-For: 127.0.0.1\r\n"), "\(answer.bodyText)")
        }
      }
    }

    @Test func whoBeginsOtherwiseIsClosedAndCounted() async throws {
      try await withGatewayAndLab(
        Self.trusted, listener: "proxyProtocol: required, timeouts: { handshake: 300ms }"
      ) { gateway, lab in
        let port = gateway.port
        func end(_ bytes: [UInt8]) async throws -> (bytes: [UInt8], end: RawClient.End) {
          try await blocking {
            let client = try RawClient(port: port)
            client.send(bytes)
            return client.readToEnd()
          }
        }
        for bytes in [Self.request, [0x16, 0x03, 0x01], Array("proxy tcp4".utf8)] {
          let (answer, end) = try await end(bytes)
          #expect(answer.isEmpty && end != .open)
        }
        #expect(await failures(gateway, .proxyHeaderMissing) == 3)
        for bytes in [
          Array("PROXY TCP4 1 2 3 4\r\n".utf8), Array("PROXY ".utf8) + [UInt8](repeating: 0x20, count: 200),
        ] {
          let (answer, end) = try await end(bytes)
          #expect(answer.isEmpty && end != .open)
        }
        #expect(await failures(gateway, .proxyHeaderMalformed) == 2)
        let (_, stalled) = try await end(Array(Self.v2.prefix(14)))
        #expect(stalled != .open)
        #expect(await failures(gateway, .timeout) == 1)
        // A balancer's own look whether somebody listens.
        try await blocking { for _ in 0..<3 { try RawClient(port: port).close() } }
        let areGone = await eventually { await gateway.gateway.counts().downstreamConnections == 0 }
        #expect(areGone)
        let counts = await gateway.gateway.counts()
        #expect(counts.openingFailures[.closed] == 0 && counts.recorded == 0 && counts.timers == 0)
        #expect(lab.counts.requestsByPath.isEmpty)
      }
    }

    @Test func aHeaderFromOutsideIsNotBelieved() async throws {
      let elsewhere = "trusted: { proxies: [192.0.2.0/24] }"
      try await withGatewayAndLab(elsewhere, listener: "proxyProtocol: required") { gateway, _ in
        let answer = try await gateway.exchange(Self.v1 + Self.request)
        #expect(answer.status == 0)
        #expect(await failures(gateway, .peerUntrusted) == 1)
      }
      try await withGatewayAndLab(elsewhere, listener: "proxyProtocol: trusted") { gateway, _ in
        // Not a proxy: a client, whose header is no request.
        let forged = try await gateway.exchange(Self.v1 + Self.request)
        #expect(forged.status == 400)
        let answer = try await gateway.exchange(Self.request)
        #expect(answer.bodyText.contains("X-Forwarded-For: 127.0.0.1\r\n"), "\(answer.bodyText)")
      }
      // Without the key a header is no request either.
      try await withGatewayAndLab(Self.trusted) { gateway, _ in
        let answer = try await gateway.exchange(Self.v1 + Self.request)
        #expect(answer.status == 400)
      }
    }

    @Test func theHeaderComesBeforeTLS() async throws {
      try await withSecureGateway(listener: "proxyProtocol: trusted", extra: Self.trusted) { secure in
        let run = try await secure.curl("--haproxy-protocol", "-w", "\n%{http_code}", path: "/head")
        #expect(run.output.hasSuffix("\n200") && run.output.contains("X-Forwarded-For: 127.0.0.1"), "\(run)")
        let without = try await secure.curl("-w", "\n%{http_code}")
        #expect(without.status != 0)
        #expect(await secure.failures(.proxyHeaderMissing) == 1)
        // Forwarding fields are the client's, not the proxy's: only an address that is trusted is believed.
        let port = secure.port
        let plain = try await blocking {
          let client = try RawClient(port: port)
          client.send(Self.v1 + Self.request)
          return client.readResponse()
        }
        #expect(plain.status == 400)
        let records = try await secure.gateway.log.records(atLeast: 1) { $0.cause == "request_plaintext_on_tls_port" }
        #expect(records.map(\.client) == ["192.0.2.7:5555"])
      }
    }

    @Test func theClientsForwardingFieldsAreNotBelievedForItsProxysSake() async throws {
      try await withGatewayAndLab(Self.trusted, listener: "proxyProtocol: required") { gateway, _ in
        let request = Array("GET /head HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n".utf8)
        let answer = try await gateway.exchange(Self.v1 + request)
        #expect(answer.bodyText.contains("X-Forwarded-For: 192.0.2.7\r\n"), "\(answer.bodyText)")
        let chained = try await gateway.exchange(Array("PROXY TCP4 127.0.0.9 127.0.0.1 1 2\r\n".utf8) + request)
        #expect(chained.bodyText.contains("X-Forwarded-For: 10.0.0.1, 127.0.0.9\r\n"), "\(chained.bodyText)")
      }
    }
  }
}
