import Foundation
import SluiceCore
import Testing

@testable import SluiceConfiguration

@Suite struct UpstreamTLSTests {
  private let secure = valid.replacing("http://127.0.0.1:3000", with: "https://origin.test")

  private func file() throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-\(UUID()).pem").path
    try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func httpsHasItsOwnDefaultPort() throws {
    let endpoint = try #require(try configure(secure).upstreams.first?.endpoints.first)
    #expect(endpoint.usesTLS && endpoint.target == .tcp(host: "origin.test", port: 443))
    #expect(endpoint.url == "https://origin.test")
  }

  @Test func verificationIsOnByDefault() throws {
    let tls = try #require(try configure(secure).upstreams.first?.tls)
    #expect(tls == UpstreamTLSConfiguration() && tls.verify == .full && tls.minimumVersion == .tls12)
  }

  @Test func bothSchemesMayBeMixed() throws {
    let text = secure.replacing("# the end", with: "      - { url: http://127.0.0.1:3000, weight: 2 }")
    let endpoints = try #require(try configure(text).upstreams.first?.endpoints)
    #expect(endpoints.map(\.usesTLS) == [true, false])
  }

  @Test func everyKeyIsRead() throws {
    let path = try file()
    let keys =
      "serverName: Name.test, trust: \(path), certificate: \(path), key: \(path), minimumVersion: '1.3', verify: full"
    let text = secure.replacing("# the end", with: "    tls: { \(keys) }\n    proxyProtocol: v2")
    let upstream = try #require(try configure(text).upstreams.first)
    #expect(upstream.tls.name == "name.test" && upstream.tls.trust == path && upstream.tls.certificate == path)
    #expect(upstream.tls.key == path && upstream.tls.minimumVersion == .tls13 && upstream.tls.verify == .full)
    #expect(upstream.proxyProtocol == .v2)
  }

  @Test(arguments: [
    (
      "tls: { trust: /nowhere/ca.pem }", "7:19: error: 'trust' is '/nowhere/ca.pem': no such file"
    ),
    ("tls: { trust: /tmp }", "7:19: error: 'trust' is '/tmp': it is a directory; name the file in it"),
    ("tls: { certificate: /etc/hosts }", "7:25: error: 'certificate' needs 'key' beside it"),
    ("tls: { key: /etc/hosts }", "7:17: error: 'key' needs 'certificate' beside it"),
    (
      "tls: { verify: none }",
      "7:20: warning: 'verify: none' believes any certificate; 'trust' with the endpoint's own certificate does not, "
        + "and works too"
    ),
    ("tls: { serverName: 'a b' }", "7:24: error: 'serverName' is 'a b': its host is neither an address nor a host"),
    ("proxyProtocol: v3", "7:20: error: 'proxyProtocol' is 'v3'; expected v1 or v2; did you mean 'v1'?"),
  ])
  func mistakes(_ text: String, _ expected: String) {
    let found = diagnose(secure.replacing("# the end", with: "    \(text)"))
    #expect(found.count == 1 && found.first?.hasPrefix(expected) == true, "\(found)")
  }

  @Test func tlsWithoutAnHTTPSEndpointIsTold() {
    let text = valid.replacing("# the end", with: "    tls: { serverName: a.test }")
    #expect(diagnose(text) == ["7:10: warning: 'tls' changes nothing: no endpoint is https"])
  }

  @Test func theCommandLineTakesHTTPS() throws {
    let result = ConfigurationLoader.quick(listen: "127.0.0.1:0", to: ["https://origin.test:8443"], workers: nil)
    let endpoint = try #require(result.configuration?.upstreams.first?.endpoints.first)
    #expect(endpoint.usesTLS && endpoint.target == .tcp(host: "origin.test", port: 8443))
  }
}
