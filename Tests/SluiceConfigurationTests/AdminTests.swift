import SluiceCore
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

  private static let pair = "certificates: [{ certificate: a.pem, key: a.key }]"

  @Test("where other machines reach it, a required certificate does as well as a token")
  func certificates() throws {
    let required = load(
      "admin: { address: 0.0.0.0:9180, tls: { \(Self.pair), "
        + "clientCertificates: { mode: required, trust: ca.pem }, minimumVersion: 1.3 } }")
    #expect(required.diagnostics.isEmpty, "\(required.diagnostics)")
    let tls = try #require(required.configuration?.admin?.tls)
    #expect(tls.certificates.map(\.certificate.path) == ["a.pem"] && tls.certificates.map(\.key.path) == ["a.key"])
    #expect(tls.clientCertificates?.mode == .required && tls.clientCertificates?.trust.path == "ca.pem")
    #expect(tls.minimumVersion == .tls13 && required.configuration?.admin?.token == nil)

    let both = load(
      "admin: { address: 0.0.0.0:9180, token: '${TOKEN}', tls: { \(Self.pair), "
        + "clientCertificates: { mode: required, trust: ca.pem } } }")
    #expect(both.diagnostics.isEmpty && both.configuration?.admin?.token == Secret("0123456789abcdef"))
    // Nobody on the way can read the token, so there is nothing to warn of.
    let token = load("admin: { address: 0.0.0.0:9180, token: '${TOKEN}', tls: { \(Self.pair) } }")
    #expect(token.diagnostics.isEmpty && token.configuration?.admin?.tls != nil)
  }

  @Test(
    "TLS alone keeps nobody out",
    arguments: ["", ", clientCertificates: { mode: optional, trust: ca.pem }"])
  func anybody(_ clients: String) {
    let result = load("admin: { address: 0.0.0.0:9180, tls: { \(Self.pair)\(clients) } }")
    #expect(result.configuration == nil)
    expectOne(result.diagnostics, Self.whoever)
    #expect(load("admin: { address: 127.0.0.1:9180, tls: { \(Self.pair)\(clients) } }").diagnostics.isEmpty)
  }

  @Test(
    "mistakes in its TLS are told with their place",
    arguments: [
      (
        "admin: { address: 0.0.0.0:9180, tls: { clientCertificates: { mode: required, trust: ca.pem } } }",
        "'certificates' is missing in 'tls'; it is a list, each item a mapping with keys such as 'certificate' and "
          + "'key'"
      ),
      (
        "admin: { address: 0.0.0.0:9180, tls: { \(pair), clientCertificates: { trust: ca.pem } } }",
        "'mode' is missing in 'clientCertificates'; it is optional or required"
      ),
      (
        "admin: { address: 0.0.0.0:9180, tls: { \(pair), "
          + "clientCertificates: { mode: required, trust: ca.pem, forward: true } } }",
        "unknown key 'forward'; the keys here are mode, trust"
      ),
    ])
  func mistakes(_ admin: String, _ what: String) {
    let result = load(admin)
    #expect(result.configuration == nil)
    expectOne(result.diagnostics, what)
  }

  private static let whoever =
    "other machines can reach '0.0.0.0:9180'; give a 'token', 'tls' with 'clientCertificates: { mode: required }', "
    + "or an address of this machine"

  @Test("where other machines reach it, it needs a token, and is warned of")
  func exposed() throws {
    let open = load("admin: { address: 0.0.0.0:9180 }")
    #expect(open.configuration == nil)
    expectOne(open.diagnostics, Self.whoever)
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
