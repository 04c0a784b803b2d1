import SluiceConfiguration
import SluiceCore
import Testing

@Suite struct ListenerTLSTests {
  private static func file(_ listener: String, extra: String = "") -> String {
    """
    listeners:
      - address: 127.0.0.1:443
    \(listener.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    upstreams:
      app: { endpoints: ['http://127.0.0.1:3000'] }
    \(extra)
    """
  }

  @Test func everyKeyIsRead() throws {
    let text = Self.file(
      """
      tls:
        certificates:
          - { certificate: a.pem, key: a.key }
          - { certificate: /etc/b.pem, key: /etc/b.key }
        clientCertificates: { mode: optional, trust: ca.pem, forward: true }
        minimumVersion: 1.3
      proxyProtocol: required
      """, extra: "trusted: { proxies: [10.0.0.0/8] }")
    let listener = try #require(try configure(text).listeners.first)
    let tls = try #require(listener.tls)
    #expect(tls.certificates.map(\.certificate.path) == ["a.pem", "/etc/b.pem"])
    #expect(tls.certificates.map(\.key.path) == ["a.key", "/etc/b.key"])
    #expect(tls.certificates.first?.key.position == Position(line: 5, column: 38))
    #expect(tls.minimumVersion == .tls13)
    let clients = try #require(tls.clientCertificates)
    #expect(clients.mode == .optional && clients.trust.path == "ca.pem" && clients.forwards)
    #expect(listener.proxyProtocol == .required && listener.redirectPort == nil)
  }

  @Test func defaultsAreSafe() throws {
    let tls = try #require(
      try configure(Self.file("tls: { certificates: [{ certificate: a.pem, key: a.key }] }")).listeners.first?.tls)
    #expect(tls.minimumVersion == .tls12 && tls.clientCertificates == nil)
    let plain = try #require(try configure(Self.file("redirect: https:8443")).listeners.first)
    #expect(plain.tls == nil && plain.proxyProtocol == .off && plain.redirectPort == 8443)
    #expect(try configure(Self.file("redirect: https")).listeners.first?.redirectPort == 443)
  }

  @Test(arguments: [
    Case(
      "tls: {}",
      "3:10: error: 'certificates' is missing in 'tls'; it is a list, each item a mapping with keys such as 'certificate' and 'key'"
    ),
    Case("tls: { certificates: [] }", "3:26: error: 'certificates' is an empty list; it needs at least one item"),
    Case(
      "tls: { certificates: [{ certificate: a.pem }] }",
      "3:27: error: 'key' is missing in 'certificates[0]'; it is a file such as server.key"),
    Case(
      "tls: { certificates: [{ certificate: a/, key: a.key }] }",
      "3:42: error: 'certificate' is 'a/': it is a directory; name the file in it"),
    Case(
      "tls: { certificates: [{ certificate: a.pem, key: a.key }], minimumVersion: 1.1 }",
      "3:80: error: 'minimumVersion' is '1.1'; expected 1.2 or 1.3; did you mean '1.2'?"),
    Case(
      "tls: { certificates: [{ certificate: a.pem, key: a.key }], clientCertificates: { mode: always } }",
      "3:84: error: 'trust' is missing in 'clientCertificates'; it is a file such as clients-ca.pem",
      "3:92: error: 'mode' is 'always'; expected optional or required"),
    Case(
      "tls: { certificates: [{ certificate: a.pem, key: a.key }] }\nredirect: https",
      "4:15: error: a listener with 'tls' would lead to itself; put 'redirect' on the one that speaks plain HTTP"),
    Case(
      "redirect: http",
      "3:15: error: 'redirect' is 'http'; expected https, or https:8443 for another port than 443; did you mean 'https'?"
    ),
    Case("redirect: https:0", "3:15: error: 'redirect' is 'https:0': a port is from 1 to 65535"),
    Case("proxyProtocol: true", "3:20: error: 'proxyProtocol' is 'true'; expected off, trusted or required"),
    Case(
      "proxyProtocol: required",
      "3:20: error: 'proxyProtocol' is believed of addresses in 'trusted.proxies' only, and there are none; name the proxies in front there"
    ),
  ])
  func mistakes(_ test: Case) { #expect(diagnose(Self.file(test.text)) == test.diagnostics) }

  @Test func whatAFileSaysIsAddedInItsPlace() {
    var result = ConfigurationLoader.load(
      text: Self.file("tls: { certificates: [{ certificate: a.pem, key: a.key }] }\nredirect: http"), file: "test.yaml",
      environment: [:])
    #expect(result.configuration == nil)
    result.add(.error, "'key' is 'a.key': no such file", at: Position(line: 3, column: 54))
    #expect(result.diagnostics.map(\.line) == [3, 4])
    #expect(result.diagnostics.first?.excerpt?.contains("a.key") == true)
    var valid = ConfigurationLoader.load(
      text: Self.file("tls: { certificates: [{ certificate: a.pem, key: a.key }] }"), file: "test.yaml",
      environment: [:])
    valid.add(.warning, "the certificate expires in 3 days", at: Position(line: 3, column: 42))
    #expect(valid.configuration != nil && valid.warnings.count == 1)
    valid.add(.error, "no", at: Position(line: 3, column: 42))
    #expect(valid.configuration == nil)
  }

  @Test func whatTheEnvironmentTellsIsNotShown() throws {
    let result = ConfigurationLoader.load(
      text: Self.file("tls: { certificates: [{ certificate: '${FILE}', key: a.key }] }"), file: "test.yaml",
      environment: ["FILE": "/secret/place.pem"])
    let pair = try #require(result.configuration?.listeners.first?.tls?.certificates.first)
    #expect(pair.certificate.path == "/secret/place.pem" && pair.certificate.shown == "certificate")
    #expect(pair.key.shown == "a.key")
  }
}
