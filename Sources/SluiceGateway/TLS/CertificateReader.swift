internal import NIOSSL
internal import SluiceConfiguration
internal import SluiceCore
internal import X509

/// Reads what a listener's `tls` names: every mistake is found, not only the first.
///
/// It blocks on files, so never on a loop.
struct CertificateReader {
  /// Days; certificates that expire earlier are warned of.
  static let expiryWarning: Int64 = 21

  /// Unix time in seconds.
  let now: Int64
  private(set) var findings: [FileFinding] = []

  init(now: Int64) { self.now = now }

  var errors: [FileFinding] { findings.filter { $0.severity == .error } }

  /// nil where a file is missing or wrong; the findings say which.
  mutating func certificate(_ files: ConfiguredCertificate) -> ListenerCertificate? {
    let chain = note { () throws(FileFinding) in try Self.chain(files) }
    let key = note { () throws(FileFinding) in try Self.key(files) }
    guard let chain, let key else { return nil }
    guard Self.belong(chain, key) else {
      findings.append(files.key.finding("key", Self.whyNotOf(chain, key, files)))
      return nil
    }
    let facts = Self.facts(of: chain[0], file: files.certificate.shown)
    warn(of: facts, chain, files)
    return ListenerCertificate(facts: facts, chain: chain, key: key)
  }

  /// The authorities that clients' certificates must lead to.
  mutating func trust(_ file: FileReference) -> [NIOSSLCertificate]? {
    note { () throws(FileFinding) in try Self.certificates(in: file, as: "trust") }
  }

  /// What handshakes are made with; nil where the library refuses it.
  mutating func context(_ library: TLSConfiguration, of configuration: ListenerTLSConfiguration) -> NIOSSLContext? {
    do {
      return try NIOSSLContext(configuration: library)
    } catch {
      findings.append(
        configuration.certificates[0].certificate.finding("certificate", "the TLS library refuses it: \(error)"))
      return nil
    }
  }

  private mutating func note<Value>(_ read: () throws(FileFinding) -> Value) -> Value? {
    do throws(FileFinding) {
      return try read()
    } catch {
      findings.append(error)
      return nil
    }
  }

  // MARK: Reading

  private static func chain(_ files: ConfiguredCertificate) throws(FileFinding) -> [NIOSSLCertificate] {
    try certificates(in: files.certificate, as: "certificate")
  }

  private static func certificates(
    in file: FileReference, as role: StaticString
  ) throws(FileFinding) -> [NIOSSLCertificate] {
    let text = try PEMText(file, as: role)
    guard text.hasCertificate else {
      throw file.finding(
        role,
        text.hasKey
          ? "the file holds a private key and no certificate; are 'certificate' and 'key' swapped?"
          : "the file holds no certificate, but: \(text.labels.joined(separator: ", "))")
    }
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(text.bytes), !certificates.isEmpty else {
      throw file.finding(role, "a certificate in the file is damaged or cut; write the file anew")
    }
    return certificates
  }

  private static func key(_ files: ConfiguredCertificate) throws(FileFinding) -> NIOSSLPrivateKey {
    let text = try PEMText(files.key, as: "key")
    guard text.hasKey else {
      throw files.key.finding(
        "key",
        text.hasCertificate
          ? "the file holds a certificate and no private key; are 'certificate' and 'key' swapped?"
          : "the file holds no private key, but: \(text.labels.joined(separator: ", "))")
    }
    if text.isEncrypted {
      throw files.key.finding(
        "key", "the key has a passphrase; write it without one: openssl pkey -in \(files.key.shown) -out FILE")
    }
    guard let key = try? NIOSSLPrivateKey(bytes: text.bytes, format: .pem) else {
      throw files.key.finding("key", "the private key in the file is damaged, cut or of an unknown kind")
    }
    return key
  }

  // MARK: Checking

  /// Asks the library that will do the handshakes.
  private static func belong(_ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey) -> Bool {
    let configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    return (try? NIOSSLContext(configuration: configuration)) != nil
  }

  private static func whyNotOf(
    _ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, _ files: ConfiguredCertificate
  ) -> String {
    let certificate = files.certificate.shown
    if let index = chain.indices.dropFirst().first(where: { belong([chain[$0]], key) }) {
      return "the key belongs to certificate \(index + 1) in '\(certificate)'; that one has to be the first"
    }
    return "the key does not belong to the certificate in '\(certificate)'; one of the two files is of another pair"
  }

  private mutating func warn(of facts: CertificateFacts, _ chain: [NIOSSLCertificate], _ files: ConfiguredCertificate) {
    func warn(_ what: String, _ file: FileReference, _ role: StaticString) {
      findings.append(file.finding(role, what, severity: .warning))
    }
    if facts.notAfter <= now {
      warn(
        "the certificate expired \(-facts.daysLeft(at: now)) days ago; no client accepts it", files.certificate,
        "certificate")
    } else if facts.notBefore > now {
      warn("the certificate is not valid yet; no client accepts it before", files.certificate, "certificate")
    } else if facts.daysLeft(at: now) < Self.expiryWarning {
      warn("the certificate expires in \(facts.daysLeft(at: now)) days", files.certificate, "certificate")
    }
    if facts.names.isEmpty {
      warn(
        "the certificate names no host (subjectAltName); clients that check names do not accept it",
        files.certificate, "certificate")
    }
    for index in chain.indices.dropLast() where chain[index].issuerName != chain[index + 1].subjectName {
      warn(
        "certificate \(index + 2) did not issue certificate \(index + 1); each is followed by its issuer",
        files.certificate, "certificate")
    }
    if PEMText.isReadableByOthers(files.key.path) {
      warn("every user of this machine can read the private key; chmod o-r", files.key, "key")
    }
  }

  static func names(in file: FileReference) throws(FileFinding) -> [String] {
    facts(of: try certificates(in: file, as: "certificate")[0], file: file.shown).names
  }

  static func facts(of certificate: NIOSSLCertificate, file: String) -> CertificateFacts {
    let parsed = (try? certificate.toDERBytes()).flatMap { try? Certificate(derEncoded: $0) }
    var names: [String] = []
    if let alternatives = try? parsed?.extensions.subjectAlternativeNames {
      for case .dnsName(let name) in alternatives { names.append(name.lowercased()) }
    }
    return CertificateFacts(
      file: file, subject: parsed?.subject.description ?? "", issuer: parsed?.issuer.description ?? "", names: names,
      notBefore: Int64(certificate.notValidBefore), notAfter: Int64(certificate.notValidAfter))
  }
}
