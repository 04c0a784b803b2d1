import SluiceCore
import Testing

@testable import SluiceConfiguration

/// What a file that is right becomes.
@Suite struct ConfigurationTests {
  @Test func withoutOtherKeysTheDefaultsOfThePoliciesHold() throws {
    let configuration = try configure(valid)
    let listener = try #require(configuration.listeners.first)
    #expect(listener.address == .tcp(host: "127.0.0.1", port: 8080))
    #expect(listener.timeouts == ListenerTimeouts())
    #expect(listener.limits == ListenerLimits())
    let upstream = try #require(configuration.upstreams.first)
    #expect(upstream.name == "api")
    #expect(
      upstream.endpoints == [
        EndpointConfiguration(
          url: "http://127.0.0.1:3000", target: .tcp(host: "127.0.0.1", port: 3000), weight: 1)
      ])
    #expect(upstream.balance == .leastRequest)
    #expect(upstream.timeouts == UpstreamTimeouts())
    #expect(upstream.retry == RetryPolicy())
    #expect(upstream.limits == UpstreamLimits())
    #expect(configuration.trusted.detail.contains(try #require(EndpointAddress("127.1.2.3"))))
    #expect(configuration.trusted.detail.contains(try #require(EndpointAddress("::1"))))
    #expect(!configuration.trusted.detail.contains(try #require(EndpointAddress("10.0.0.1"))))
    #expect(configuration.trusted.proxies.isEmpty)
    #expect(configuration.resolver == ResolverConfiguration())
    #expect(configuration.drain == DrainConfiguration())
    #expect(configuration.accessLog == nil)
    #expect(configuration.incidents == IncidentsConfiguration())
    #expect(configuration.alerts.isEmpty && configuration.alertPersistence == nil)
    #expect(configuration.workers == nil)
    #expect(configuration.receiveBuffer == 256 << 10)
    #expect(configuration.secretFields == ["authorization", "cookie", "set-cookie", "proxy-authorization"])
  }

  @Test func everyKeyIsRead() throws {
    let configuration = try configure(
      """
      name: edge-1
      listeners:
        - address: '[0::1]:0'
          timeouts: { handshake: 1s, head: 2s, bodyIdle: 3s, write: 4s, idle: 5s }
          limits: { connections: 1, head: 2KiB, requestLine: 1KB, field: 1KiB, fields: 5, requestsPerConnection: 6 }
        - address: unix:/run/s.sock
      routes:
        - name: one
          host: '*.Example.com'
          path: /v1/
          methods: [GET, PURGE]
          headers: { X-A: b, x-c: '*' }
          query: { q: '1', r: '*' }
          upstream: api
          stripPrefix: true
          upstreamHost: App.internal:81
          requestHeaders: { remove: [X-D], set: { X-E: ' f ' } }
          responseHeaders: { remove: [Server] }
          timeouts: { responseHead: 1s, request: 2m, bodyIdle: 3s, streamIdle: 4h, queue: 500ms }
          retry: { attempts: 1 }
          requestBody: 1.5MiB
          allowAmbiguousPath: true
        - { path: /old, redirect: { status: 301, location: 'https://${host}/new?${query}' } }
        - { host: '[::1]', respond: { status: 404, contentType: text/html, body: "<p>\\n" } }
      upstreams:
        api:
          endpoints:
            - { url: 'http://App.test', weight: 3 }
            - unix:/run/a.sock
          balance: consistentHash
          hashOn: header:X-User
          sticky: { cookie: sid }
          timeouts:
            { connect: 1ms, tls: 2s, responseHead: 3s, request: 4s, bodyIdle: 5s, streamIdle: 6s, poolIdle: 1s, queue: 2s }
          retry: { attempts: 10, budget: 12.5%, bodyLimit: 0 }
          limits: { connections: 1, requests: 1, queue: 0, responseHead: 4KiB, responseBody: 5GB }
          log: journal:api@1.service
      trusted: { detail: [unix], proxies: [10.0.0.0/8, '2001:db8::/32'] }
      resolver: { servers: [127.0.0.1, '[::1]:5353'], timeout: 1s }
      drain: { delay: 1s, deadline: 1h }
      accessLog: { path: /var/log/a.log, query: full }
      incidents: { store: /var/lib/i.sqlite, count: 200, size: 20MiB, age: 2h }
      errorPages: { contact: 'https://example.com/help', guide: 'https://example.com/guide/' }
      workers: 3
      receiveBuffer: 64KiB
      secretHeaders: [X-Key, Cookie]
      """)
    checkRoutes(configuration.routes)
    #expect(configuration.name == "edge-1")
    #expect(configuration.listeners.map(\.address) == [.tcp(host: "::1", port: 0), .unix(path: "/run/s.sock")])
    var timeouts = ListenerTimeouts()
    (timeouts.handshake, timeouts.head, timeouts.bodyIdle) = (.seconds(1), .seconds(2), .seconds(3))
    (timeouts.write, timeouts.idle) = (.seconds(4), .seconds(5))
    #expect(configuration.listeners.first?.timeouts == timeouts)
    var limits = ListenerLimits()
    (limits.connections, limits.head, limits.requestLine) = (1, 2048, 1000)
    (limits.field, limits.fields, limits.requestsPerConnection) = (1024, 5, 6)
    #expect(configuration.listeners.first?.limits == limits)
    checkUpstream(try #require(configuration.upstreams.first))
    #expect(configuration.trusted.detail == AddressSet([try AddressRange("unix")]))
    #expect(
      configuration.trusted.proxies
        == AddressSet([try AddressRange("10.0.0.0/8"), try AddressRange("2001:db8::/32")]))
    #expect(configuration.resolver.servers.map(\.description) == ["127.0.0.1:53", "[::1]:5353"])
    #expect(configuration.resolver.timeout == .seconds(1))
    #expect(configuration.drain.delay == .seconds(1) && configuration.drain.deadline == .seconds(3600))
    #expect(
      configuration.accessLog
        == AccessLogConfiguration(destination: .file(path: "/var/log/a.log"), query: .full))
    checkIncidents(configuration.incidents)
    #expect(configuration.errorPages.contact == "https://example.com/help")
    #expect(configuration.errorPages.guide == "https://example.com/guide")
    #expect(configuration.workers == 3)
    #expect(configuration.receiveBuffer == 64 << 10)
    #expect(
      configuration.secretFields == ["authorization", "cookie", "set-cookie", "proxy-authorization", "x-key"])
  }

  private func checkIncidents(_ incidents: IncidentsConfiguration) {
    var expected = IncidentsConfiguration()
    expected.store = .file(path: "/var/lib/i.sqlite")
    (expected.count, expected.size, expected.age) = (200, 20 << 20, .seconds(7200))
    #expect(incidents == expected)
  }

  private func checkRoutes(_ routes: [Route]) {
    var first = Route(name: "one", host: .wildcard(".example.com"), pathPrefix: "/v1", action: .upstream(0))
    first.methods = ["GET", "PURGE"]
    first.headers = [FieldMatch(name: "x-a", value: "b"), FieldMatch(name: "x-c", value: nil)]
    first.query = [QueryMatch(name: "q", value: "1"), QueryMatch(name: "r", value: nil)]
    first.stripPrefix = true
    first.hostRewrite = .value("app.internal:81")
    first.requestFields = FieldEdits(remove: ["x-d"], set: [FieldEdits.Field(name: "x-e", value: "f")])
    first.responseFields = FieldEdits(remove: ["server"])
    first.timeouts.responseHead = .seconds(1)
    first.timeouts.request = .seconds(120)
    first.timeouts.bodyIdle = .seconds(3)
    first.timeouts.streamIdle = .seconds(4 * 3600)
    first.timeouts.queue = .milliseconds(500)
    // What the route does not say of retries is the upstream's.
    first.retry = RetryPolicy()
    first.retry?.attempts = 1
    first.retry?.budget = 0.125
    first.retry?.bodyLimit = 0
    first.requestBody = 3 << 19
    first.allowsAmbiguousPath = true
    let second = Route(
      name: "/old", pathPrefix: "/old",
      action: .redirect(Redirect(status: 301, location: "https://${host}/new?${query}")))
    let third = Route(
      name: "[::1]/", host: .exact("[::1]"),
      action: .respond(FixedResponse(status: 404, contentType: "text/html", body: "<p>\n")))
    #expect(routes == [first, second, third])
  }

  private func checkUpstream(_ upstream: UpstreamConfiguration) {
    #expect(upstream.endpoints.map(\.target) == [.tcp(host: "app.test", port: 80), .unix(path: "/run/a.sock")])
    #expect(upstream.endpoints.map(\.weight) == [3, 1])
    #expect(upstream.balance == .sticky(cookie: "sid", fallback: .consistentHash(.header("x-user"))))
    let timeouts = upstream.timeouts
    #expect(
      [
        timeouts.tls, timeouts.responseHead, timeouts.request, timeouts.bodyIdle, timeouts.streamIdle,
        timeouts.poolIdle,
        timeouts.queue,
      ].map(\.inSeconds) == [2, 3, 4, 5, 6, 1, 2])
    #expect(timeouts.connect == .milliseconds(1))
    #expect(upstream.retry.attempts == 10 && upstream.retry.budget == 0.125 && upstream.retry.bodyLimit == 0)
    var limits = UpstreamLimits()
    (limits.connections, limits.requests, limits.queue) = (1, 1, 0)
    (limits.responseHead, limits.responseBody) = (4096, 5_000_000_000)
    #expect(upstream.limits == limits)
    #expect(upstream.log == .journal(unit: "api@1.service"))
  }

  @Test func routesOfTheSameConditionsHaveNamesOfTheirOwn() throws {
    let text =
      valid + """
        routes:
          - { path: /a, methods: [GET], upstream: api }
          - { path: /a, methods: [PUT], upstream: api }
          - { path: /a, upstream: api }
          - { name: /a#4, path: /b, upstream: api }
          - { path: /a, query: { x: '*' }, upstream: api }
        """
    #expect(try configure(text).routes.map(\.name) == ["/a", "/a#2", "/a#3", "/a#4", "/a#5"])
  }

  @Test func aSmallHeadLimitBoundsTheLinesToo() throws {
    let text = valid.replacing("127.0.0.1:8080", with: "127.0.0.1:8080\n    limits: { head: 8KiB }")
    let limits = try #require(try configure(text).listeners.first).limits
    #expect([limits.head, limits.requestLine, limits.field] == [8192, 8192, 8192])
  }

  @Test(arguments: [
    ("500ms", Int64(500_000_000)), ("2s", 2_000_000_000), ("1.5m", 90_000_000_000), ("1h", 3_600_000_000_000),
    ("0.25s", 250_000_000),
  ])
  func durations(text: String, nanoseconds: Int64) throws {
    #expect(try configure(valid + "drain: { deadline: \(text) }").drain.deadline.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    ("8192", 8192), ("8192B", 8192), ("64KiB", 65536), ("64KB", 64000), ("1.5MiB", 3 << 19), ("1MB", 1_000_000),
  ])
  func sizes(text: String, bytes: Int) throws {
    #expect(try configure(valid + "receiveBuffer: \(text)").receiveBuffer == bytes)
  }

  @Test func aliasesStandForWholeValues() throws {
    let text =
      valid + """
          spare:
            endpoints: [http://127.0.0.1:1]
            timeouts: &slow { request: 5m }
          other: { endpoints: [http://127.0.0.1:2], timeouts: *slow }
        routes: [{ upstream: api }, { path: /a, upstream: spare }, { path: /b, upstream: other }]
        """
    #expect(try configure(text).upstreams.map(\.timeouts.request.inSeconds) == [120, 300, 300])
  }
}
