import Testing

@testable import SluiceConfiguration

@Suite("The admin address")
struct AdminTests {
  private func load(_ admin: String) -> LoadResult {
    let yaml = """
      listeners: [{ address: 127.0.0.1:8080 }]
      upstreams: { api: { endpoints: [http://127.0.0.1:3000] } }
      \(admin)
      """
    return ConfigurationLoader.load(
      text: yaml, file: "sluice.yaml", environment: ["TOKEN": "0123456789abcdef", "SHORT": "hunter2hunter2"])
  }

  private func expectOne(_ diagnostics: [Diagnostic], _ what: String) {
    #expect(
      diagnostics.map(\.text).count == 1 && diagnostics.first?.text.hasSuffix(": error: " + what) == true,
      "\(diagnostics)")
  }

  @Test("it is off where it is not given, and needs no token on this machine")
  func loopback() throws {
    #expect(try #require(load("").configuration).admin == nil)
    let admin = try #require(load("admin: { address: 127.0.0.1:9180 }").configuration).admin
    #expect(admin == AdminConfiguration(host: "127.0.0.1", port: 9180))
    #expect(admin?.address == "127.0.0.1:9180" && admin?.isLoopback == true)
    let six = try #require(load("admin: { address: '[::1]:0' }").configuration).admin
    #expect(six?.address == "[::1]:0" && six?.isLoopback == true)
  }

  @Test("where other machines reach it, it needs a token, and is warned of")
  func exposed() throws {
    let open = load("admin: { address: 0.0.0.0:9180 }")
    #expect(open.configuration == nil)
    expectOne(
      open.diagnostics, "other machines can reach '0.0.0.0:9180'; give a 'token', or an address of this machine")
    let guarded = load("admin: { address: 0.0.0.0:9180, token: '${TOKEN}' }")
    #expect(guarded.configuration?.admin?.token == Secret("0123456789abcdef"))
    #expect(guarded.warnings.count == 1)
  }

  @Test("names of this machine are known from others")
  func names() {
    for host in ["localhost", "127.0.0.1", "127.9.9.9", "::1"] { #expect(AdminConfiguration.isLoopback(host)) }
    for host in ["0.0.0.0", "::", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", ""] {
      #expect(!AdminConfiguration.isLoopback(host))
    }
  }

  @Test(
    "what is wrong is told, and never the token",
    arguments: [
      "admin: { address: 127.0.0.1:9180, token: '${SHORT}' }",
      "admin: { address: 127.0.0.1:9180, token: hunter2 hunter2 }",
      "admin: { address: 127.0.0.1:9180, tokn: hunter2hunter2hunter2 }", "admin: hunter2hunter2",
      "admin:\n  address: 127.0.0.1:9180\n  token:hunter2hunter2hunter2",
    ])
  func secret(_ admin: String) {
    let result = load(admin)
    #expect(result.configuration == nil)
    #expect(!result.diagnostics.isEmpty)
    for diagnostic in result.diagnostics { #expect(!diagnostic.rendered.contains("hunter2"), "\(diagnostic.rendered)") }
  }

  @Test("it is no Unix socket and no listener's address")
  func places() {
    expectOne(
      load("admin: { address: unix:/run/admin.sock }").diagnostics,
      "the admin address is no Unix socket; give 'host:port'")
    expectOne(
      load("admin: { address: 127.0.0.1:8080 }").diagnostics,
      "'127.0.0.1:8080' is a listener already; the admin address is one of its own")
  }
}
