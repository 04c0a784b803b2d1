import Foundation
import SluiceConfiguration
import SluiceLab
import Testing

@testable import SluiceGateway

@Suite struct CertificateReaderTests {
  private static let now: Int64 = 1_800_000_000
  private let folder: CertificateFolder
  private let authority: CertificateAuthority

  init() throws {
    folder = try CertificateFolder()
    authority = try CertificateAuthority()
  }

  private func pair(_ certificate: String, _ key: String) -> ConfiguredCertificate {
    ConfiguredCertificate(
      certificate: FileReference(path: certificate, position: Position(line: 4, column: 9)),
      key: FileReference(path: key, position: Position(line: 5, column: 9)))
  }

  private func file(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
    let path = folder.file(name)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private func read(_ pair: ConfiguredCertificate) -> (ListenerCertificate?, [FileFinding]) {
    var reader = CertificateReader(now: Self.now)
    let certificate = reader.certificate(pair)
    return (certificate, reader.findings)
  }

  private func sentences(_ pair: ConfiguredCertificate) -> [String] {
    read(pair).1.map { "\($0.severity) \($0.position.line): \($0.what)" }
  }

  @Test func aCertificateIsReadWithItsFacts() throws {
    let issued = try authority.intermediate().issue([.dns("A.test"), .dns("*.b.test"), .ip("192.0.2.1")])
    let files = try issued.write(into: folder.path, name: "a")
    let (certificate, findings) = read(pair(files.certificate, files.key))
    #expect(findings.isEmpty)
    let facts = try #require(certificate?.facts)
    #expect(facts.names == ["a.test", "*.b.test"])
    #expect(facts.subject == "CN=A.test")
    #expect(facts.issuer.contains("CN=Sluice Lab Intermediate"))
    #expect(facts.notBefore == CertificateValidity.usual.notBefore)
    #expect(facts.notAfter == CertificateValidity.usual.notAfter)
    #expect(certificate?.chain.count == 2)
  }

  @Test func aMissingFileSaysWhere() throws {
    let files = try authority.issue([.dns("a.test")]).write(into: folder.path, name: "a")
    #expect(
      sentences(pair(folder.file("b.pem"), files.key)) == [
        "error 4: 'certificate' is '\(folder.file("b.pem"))': no such file"
      ])
    let relative = sentences(pair(files.certificate, "not-there.key"))
    #expect(relative.count == 1)
    #expect(relative.first?.hasPrefix("error 5: 'key' is 'not-there.key': no such file in /") == true)
    #expect(relative.first?.hasSuffix(", which relative names start from") == true)
    #expect(sentences(pair(folder.path, files.key)).first?.contains("this is a directory; name the file in it") == true)
    // Both mistakes of a pair are told.
    #expect(sentences(pair(folder.file("b.pem"), folder.file("b.key"))).count == 2)
  }

  @Test func theKeyOfAnotherPairIsRefused() throws {
    let first = try authority.issue([.dns("a.test")]).write(into: folder.path, name: "a")
    let second = try authority.issue([.dns("b.test")]).write(into: folder.path, name: "b")
    #expect(
      sentences(pair(first.certificate, second.key)) == [
        "error 5: 'key' is '\(second.key)': the key does not belong to the certificate in '\(first.certificate)'; "
          + "one of the two files is of another pair"
      ])
  }

  @Test func aChainInTheWrongOrderIsToldAsSuch() throws {
    let issued = try authority.intermediate().issue([.dns("a.test")])
    let text = issued.chainPEM
    let second = try #require(text.range(of: "-----BEGIN CERTIFICATE-----", options: .backwards)).lowerBound
    let turned = try file("turned.pem", String(text[second...]) + String(text[..<second]))
    let key = try file("a.key", issued.keyPEM)
    let found = sentences(pair(turned, key))
    #expect(found.count == 1)
    #expect(
      found.first?.hasSuffix("the key belongs to certificate 2 in '\(turned)'; that one has to be the first") == true)
    let strange = try authority.issue([.dns("z.test")])
    let mixed = try file("mixed.pem", issued.certificatePEM + strange.certificatePEM)
    #expect(
      sentences(pair(mixed, key)) == [
        "warning 4: 'certificate' is '\(mixed)': certificate 2 did not issue certificate 1; each is followed by its issuer"
      ])
  }

  @Test func filesOfTheWrongKindSayWhatTheyHold() throws {
    let issued = try authority.issue([.dns("a.test")])
    let files = try issued.write(into: folder.path, name: "a")
    #expect(
      sentences(pair(files.key, files.certificate)).allSatisfy {
        $0.hasSuffix("are 'certificate' and 'key' swapped?")
      })
    #expect(sentences(pair(files.key, files.certificate)).count == 2)
    for (name, text, ending) in [
      ("empty", "", "the file is empty"),
      ("text", "hello\n", "the file is not PEM: no line in it begins with -----BEGIN"),
      (
        "der", String(decoding: [0x30, 0x82] as [UInt8], as: UTF8.self),
        "the file is not PEM: no line in it begins with -----BEGIN"
      ),
      (
        "request", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "the file holds no certificate, but: CERTIFICATE REQUEST"
      ),
      (
        "cut", String(issued.certificatePEM.prefix(200)),
        "a certificate in the file is damaged or cut; write the file anew"
      ),
    ] {
      let found = sentences(pair(try file(name, text), files.key))
      #expect(found.count == 1 && found.first?.hasSuffix(ending) == true, "\(name): \(found)")
    }
    try Data([0x30, 0x82, 0x01, 0x00]).write(to: URL(fileURLWithPath: folder.file("der")))
    #expect(sentences(pair(folder.file("der"), files.key)).first?.contains("binary (DER or PKCS#12), not PEM") == true)
    let locked = try file(
      "locked.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")
    #expect(sentences(pair(files.certificate, locked)).first?.contains("the key has a passphrase") == true)
    let broken = try file("broken.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    #expect(sentences(pair(files.certificate, broken)).first?.contains("damaged, cut or of an unknown kind") == true)
  }

  @Test func whatClientsWillNotLikeIsAWarning() throws {
    let key = 0o600
    func warnings(_ issued: IssuedCertificate, mode: Int = key) throws -> [String] {
      let certificate = try file("w.pem", issued.chainPEM)
      return sentences(pair(certificate, try file("w.key", issued.keyPEM, mode: mode)))
    }
    let day: Int64 = 86_400
    #expect(try warnings(authority.issue([.dns("a.test")])).isEmpty)
    let expired = try warnings(
      authority.issue([.dns("a.test")], validity: .init(notBefore: 0, notAfter: Self.now - 3 * day)))
    #expect(expired.first?.hasSuffix("the certificate expired 3 days ago; no client accepts it") == true)
    let soon = try warnings(
      authority.issue([.dns("a.test")], validity: .init(notBefore: 0, notAfter: Self.now + 5 * day)))
    #expect(soon.first?.hasSuffix("the certificate expires in 5 days") == true)
    let later = try warnings(
      authority.issue([.dns("a.test")], validity: .init(notBefore: Self.now + day, notAfter: Self.now + 90 * day)))
    #expect(later.first?.contains("not valid yet") == true)
    #expect(try warnings(authority.issue([], commonName: "a.test")).first?.contains("names no host") == true)
    #expect(try warnings(authority.issue([.dns("a.test")]), mode: 0o644).first?.contains("chmod o-r") == true)
    for found in [expired, soon, later] { #expect(found.count == 1 && found.first?.hasPrefix("warning") == true) }
  }

  @Test func theTermsDecideWhetherSessionsGoOn() throws {
    let files = try authority.issue([.dns("a.test")]).write(into: folder.path, name: "a")
    let root = try authority.writeRoot(into: folder.path, name: "root")
    func configuration(_ change: (inout ListenerTLSConfiguration) -> Void = { _ in }) throws -> ListenerTLSConfiguration
    {
      let text = """
        listeners:
          - address: 127.0.0.1:443
            tls: { certificates: [{ certificate: \(files.certificate), key: \(files.key) }] }
        upstreams: { app: { endpoints: ['http://127.0.0.1:1'] } }
        """
      let result = ConfigurationLoader.load(text: text, file: "test.yaml", environment: [:])
      var tls = try #require(result.configuration?.listeners.first?.tls)
      change(&tls)
      return tls
    }
    func security(_ tls: ListenerTLSConfiguration, _ old: ListenerSecurity?) -> ListenerSecurity? {
      var reader = CertificateReader(now: Self.now)
      return ListenerSecurity.read(tls, keeping: old, workers: [], with: &reader)
    }
    let first = try #require(security(configuration(), nil))
    _ = try authority.issue([.dns("b.test")]).write(into: folder.path, name: "a")
    let renewed = try #require(security(configuration(), first))
    #expect(renewed.context === first.context)
    #expect(renewed.certificates.facts.first?.names == ["b.test"])
    let stricter = try #require(security(configuration { $0.minimumVersion = .tls13 }, first))
    #expect(stricter.context !== first.context)
    let clients = try configuration {
      $0.clientCertificates = ClientCertificateConfiguration(
        mode: .required, trust: FileReference(path: root), forwards: false)
    }
    let asking = try #require(security(clients, first))
    #expect(asking.context !== first.context)
    #expect(security(clients, asking)?.context === asking.context)
    _ = try CertificateAuthority().writeRoot(into: folder.path, name: "root")
    // Another authority is trusted now: whom the old one vouched for must not come in with an old session.
    #expect(security(clients, asking)?.context !== asking.context)
  }
}
