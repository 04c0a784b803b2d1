import SluiceConfiguration
import Testing

@testable import SluiceProbes

@Suite struct ProbeTargetTests {
  @Test func aURLHasTheGatewaysDefaults() throws {
    let target = try ProbeTarget(url: "https://Shop.Test/health?full=1#top")
    #expect(target.target.endpoint == "https://Shop.Test")
    #expect(target.target.host == "shop.test")
    #expect(target.target.port == 443)
    #expect(target.target.isTLS)
    #expect(target.target.upstream == nil)
    #expect(target.path == "/health?full=1")
    #expect(target.host == "shop.test")
    #expect(target.settings.timeouts.connect == .seconds(2))
    #expect(target.settings.protocolChoice == .auto)
    #expect(target.log == nil)
  }

  @Test(
    arguments: [
      ("http://127.0.0.1:3000", "127.0.0.1", 3000, "127.0.0.1:3000", "/"),
      ("127.0.0.1:3000/a", "127.0.0.1", 3000, "127.0.0.1:3000", "/a"),
      ("[::1]:3000", "::1", 3000, "[::1]:3000", "/"),
      ("http://[::1]", "::1", 80, "[::1]", "/"),
      ("http://app?x", "app", 80, "app", "/?x"),
    ] as [(String, String, UInt16, String, String)])
  func formsOfAddresses(url: String, host: String, port: UInt16, authority: String, path: String) throws {
    let target = try ProbeTarget(url: url)
    #expect(target.target.host == host)
    #expect(target.target.port == port)
    #expect(target.host == authority)
    #expect(target.path == path)
  }

  @Test func aUnixSocket() throws {
    let target = try ProbeTarget(url: "unix:/run/app.sock")
    #expect(target.target.socketPath == "/run/app.sock")
    #expect(target.target.host == nil)
    #expect(target.host == "localhost")
  }

  @Test(arguments: [
    ("", "http://127.0.0.1:3000"),
    ("3000", "http://127.0.0.1:3000"),
    (":3000", "http://127.0.0.1:3000"),
    ("/run/app.sock", "unix:/run/app.sock"),
    ("example.com", "http://example.com"),
    ("example.com/a:1", "http://example.com/a:1"),
    ("::1", "http://[::1]"),
    ("wss://app.test/x", "https://app.test/x"),
    ("http://me:secret@app.test/x", "http://app.test/x"),
    ("http://app.test/a b", "http://app.test/a%20b"),
    ("http://app.test/é", "http://app.test/%C3%A9"),
    ("http://::1/x", "http://[::1]/x"),
  ])
  func whatToWriteInstead(text: String, suggestion: String) {
    #expect(throws: ProbeTargetError.self) { try ProbeTarget(url: text) }
    do throws(ProbeTargetError) {
      _ = try ProbeTarget(url: text)
    } catch {
      #expect(error.suggestion == suggestion)
      #expect(!error.description.contains("secret"))
    }
  }

  @Test(arguments: ["ftp://app.test", "http://", "http://a:99999", "http://a b.test", "unix:", "http://-x"])
  func whatNamesNothing(text: String) {
    #expect(throws: ProbeTargetError.self) { try ProbeTarget(url: text) }
  }

  @Test func valuesOfAQueryAreNotShown() throws {
    let target = try ProbeTarget(url: "http://app.test/a?token=secret&debug&empty=&b=x=y")
    #expect(target.target.path == "/a?token=*&debug&empty=&b=*")
    #expect(target.path == "/a?token=secret&debug&empty=&b=x=y")
  }

  @Test func eachEndpointOfAnUpstreamIsOne() throws {
    let targets = try Self.targets(route: "host: shop.test")
    #expect(targets.map(\.target.endpoint) == ["http://127.0.0.1:3000", "https://app.test:8443"])
    #expect(targets.map(\.target.upstream) == ["app", "app"])
    #expect(targets.map(\.host) == ["shop.test", "shop.test"])
    #expect(targets[0].settings.timeouts.poolIdle == .seconds(3))
    #expect(targets[0].resolver.timeout == .milliseconds(700))
    #expect(targets[0].listeners == [.tcp(host: "127.0.0.1", port: 8080)])
    #expect(targets[0].installation == "gate-1")
    #expect(targets[0].log == .file(path: "/var/log/app.log"))
    #expect(targets[0].secrets.contains(Array("x-token".utf8)))
  }

  @Test func theHostIsThatOfTheFirstRouteThatLeadsThere() throws {
    #expect(try Self.targets(route: "upstreamHost: other.test").map(\.host) == ["other.test", "other.test"])
    #expect(
      try Self.targets(route: "host: shop.test\n    upstreamHost: upstream").map(\.host)
        == ["127.0.0.1:3000", "app.test:8443"])
    #expect(try Self.targets(route: "path: /").map(\.host) == ["127.0.0.1:3000", "app.test:8443"])
  }

  private static func targets(route: String) throws -> [ProbeTarget] {
    let text = """
      name: gate-1
      listeners:
        - address: 127.0.0.1:8080
      routes:
        - host: elsewhere.test
          upstream: other
        - upstream: app
          \(route)
      upstreams:
        other:
          endpoints: [http://127.0.0.1:1]
        app:
          endpoints: [http://127.0.0.1:3000, https://app.test:8443]
          timeouts: {poolIdle: 3s}
          log: /var/log/app.log
      resolver: {timeout: 700ms}
      secretHeaders: [X-Token]
      """
    let loaded = ConfigurationLoader.load(text: text, file: "test.yaml", environment: [:])
    let configuration = try #require(loaded.configuration, "\(loaded.errors.map(\.text))")
    let upstream = try #require(configuration.upstreams.last)
    return ProbeTarget.targets(of: upstream, in: configuration)
  }
}
