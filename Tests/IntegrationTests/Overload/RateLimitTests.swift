import TestSupport
import Testing

extension Integration {
  /// Who is limited, and that limits hold over workers and reloads.
  @Suite struct RateLimitTests {
    private func statuses(_ gateway: GatewayHarness, _ count: Int, _ fields: [String] = []) async throws -> [Int] {
      var statuses: [Int] = []
      for _ in 0..<count {
        let lines = (["GET / HTTP/1.1", "Host: test"] + fields).joined(separator: "\r\n")
        statuses.append(try await gateway.exchange("\(lines)\r\n\r\n").status)
      }
      return statuses
    }

    /// So many requests in a row are answered with these.
    private func expect(
      _ wanted: [Int], _ gateway: GatewayHarness, _ fields: String...,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let found = try await statuses(gateway, wanted.count, fields)
      #expect(found == wanted, sourceLocation: sourceLocation)
    }

    private func expect(
      _ wanted: Int, _ gateway: GatewayHarness, _ target: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let found = try await gateway.get(target).status
      #expect(found == wanted, sourceLocation: sourceLocation)
    }

    private func route(_ limit: String) -> String { "routes: [{ upstream: app, rateLimit: \(limit) }]" }

    private static let trusting = "\ntrusted: { proxies: [127.0.0.0/8] }"

    /// Each request has a connection of its own, so the workers share them.
    @Test func aClientsBurstHoldsForAllWorkers() async throws {
      try await withGatewayAndOrigin(route("{ rate: 2/h, burst: 20 }")) { gateway, origin in
        let statuses = try await statuses(gateway, 30)
        #expect(statuses == Array(repeating: 200, count: 20) + Array(repeating: 429, count: 10))
        #expect(text(origin.received).components(separatedBy: "GET / HTTP/1.1").count - 1 == 20)
        let refused = try await gateway.get("/", "X-Request-ID: refused")
        #expect(refused["retry-after"] == "60")
        #expect(
          refused["proxy-status"]?.contains("error=http_request_denied; ") == true
            && refused["proxy-status"]?.contains("details=\"rate_limited\"") == true)
        #expect(refused["sluice-incident"] == nil)
        let record = try #require(try await gateway.log.records(of: "refused").first)
        #expect(record.status == 429 && record.cause == "rate_limited" && record.attempts?.isEmpty != false)
        // The connection goes on.
        let both = try await blocking { [port = gateway.port] in
          let client = try RawClient(port: port)
          return [
            client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
          ]
        }
        #expect(both.map(\.status) == [429, 429])
      }
    }

    @Test func behindATrustedProxyEachClientHasALimitOfItsOwn() async throws {
      try await withGatewayAndOrigin(route("{ rate: 1/h, burst: 2 }") + Self.trusting) { gateway, _ in
        try await expect([200, 200, 429], gateway, "X-Forwarded-For: 192.0.2.1")
        try await expect([200, 200, 429], gateway, "X-Forwarded-For: 192.0.2.2")
        // What a client claims of itself stands in front of what the proxy saw.
        try await expect([429], gateway, "X-Forwarded-For: 198.51.100.9, 192.0.2.1")
        try await expect([429], gateway, "Forwarded: for=192.0.2.1")
        // One client has a whole network of IPv6 addresses.
        try await expect([200, 200], gateway, "X-Forwarded-For: 2001:db8:1:2::1")
        try await expect([429], gateway, "X-Forwarded-For: 2001:db8:1:2:ffff::9")
        try await expect([200], gateway, "X-Forwarded-For: 2001:db8:1:3::1")
        // Two fields that differ: one of them is not the proxy's.
        try await expect([200, 200, 429], gateway, "X-Forwarded-For: 192.0.2.50", "Forwarded: for=192.0.2.51")
      }
    }

    @Test func aStrangersForwardingFieldsChangeNothing() async throws {
      try await withGatewayAndOrigin(route("{ rate: 1/h, burst: 2 }")) { gateway, _ in
        try await expect([200], gateway, "X-Forwarded-For: 192.0.2.1")
        try await expect([200], gateway, "X-Forwarded-For: 192.0.2.2")
        try await expect([429], gateway, "X-Forwarded-For: 192.0.2.3")
      }
    }

    @Test func aKeyMayBeAHeaderACookieOrTheHost() async throws {
      try await withGatewayAndOrigin(route("{ rate: 1/h, burst: 1, by: 'header:X-Api-Key' }")) { gateway, _ in
        try await expect([200, 429], gateway, "X-API-KEY: a")
        try await expect([200, 429], gateway, "x-api-key: b")
        try await expect([200, 429], gateway)
      }
      try await withGatewayAndOrigin(route("{ rate: 1/h, burst: 1, by: 'cookie:sid' }")) { gateway, _ in
        try await expect([200, 429], gateway, "Cookie: x=1; sid=a")
        try await expect([200, 429], gateway, "Cookie: sid=b; x=1")
      }
      try await withGatewayAndOrigin(route("{ rate: 1/h, burst: 1, by: host }")) { gateway, _ in
        for (host, status) in [("a.test", 200), ("A.Test:80", 429), ("a.test.", 429), ("b.test", 200)] {
          let answer = try await gateway.exchange("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
          #expect(answer.status == status, "\(host)")
        }
      }
    }

    @Test func allLimitsOfAListHold() async throws {
      let limits = "[{ rate: 1/h, burst: 3 }, { rate: 1/h, burst: 1, by: 'header:X-Key' }]"
      try await withGatewayAndOrigin(route(limits)) { gateway, _ in
        try await expect([200, 429], gateway, "X-Key: a")
        try await expect([200], gateway, "X-Key: b")
        try await expect([429], gateway, "X-Key: c")
      }
    }

    @Test func redirectsAreLimitedTooAndOtherRoutesAreNot() async throws {
      let routes =
        "routes: [{ path: /old, redirect: /new, rateLimit: { rate: 1/h, burst: 1 } }, { upstream: app }]"
      try await withGatewayAndOrigin(routes) { gateway, _ in
        try await expect(308, gateway, "/old")
        try await expect(429, gateway, "/old")
        try await expect(200, gateway, "/")
      }
    }

    @Test func aRequestWithABodyIsRefusedBeforeItIsRead() async throws {
      try await withGatewayAndOrigin(route("{ rate: 1/h, burst: 1 }")) { gateway, origin in
        try await expect(200, gateway, "/")
        let refused = try await gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
        #expect(refused.status == 429 && refused.isWhole)
        #expect(!text(origin.received).contains("POST"))
      }
    }

    @Test func aReloadKeepsWhatWasUsed() async throws {
      try await withOrigin { origin in
        func yaml(_ limit: String) -> String {
          """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(origin.port)'] } }
          \(route(limit))
          """
        }
        try await withGateway(yaml("{ rate: 1/h, burst: 2 }")) { gateway in
          try await expect([200, 200, 429], gateway)
          try await gateway.gateway.reload(GatewayHarness.load(yaml("{ rate: 1/h, burst: 3 }"), log: gateway.log.path))
          try await expect([200, 429], gateway)
          let without = yaml("1/h").replacing(", rateLimit: 1/h", with: "")
          try await gateway.gateway.reload(GatewayHarness.load(without, log: gateway.log.path))
          try await expect([200, 200, 200, 200, 200], gateway)
          // One that was gone begins anew.
          try await gateway.gateway.reload(GatewayHarness.load(yaml("{ rate: 1/h, burst: 1 }"), log: gateway.log.path))
          try await expect([200, 429], gateway)
        }
      }
    }
  }
}
