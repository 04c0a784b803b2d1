internal import SluiceCore
internal import SluiceIncidents

// What the handshake showed, as parts of sentences. Names in certificates are a peer's: each is made safe to show.

extension Facts {
  var tls: TLSEvidence? { evidence?.tls }

  /// The endpoint's own certificate.
  var leaf: CertificateEvidence? { tls?.chain.first }

  /// `origin.test and 10.0.0.5`, at most three; nil where the certificate names nobody or none came.
  static func named(by certificate: CertificateEvidence) -> String {
    let names = certificate.names.prefix(3).map { Shown.text($0, limit: 40) }
    guard let last = names.last else { return "no name at all" }
    let left = certificate.names.count - names.count
    if left > 0 { return names.joined(separator: ", ") + " and \(left) more" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The first certificate that is beyond its dates at the time of the incident, and its place in the chain.
  func outdated(_ isExpired: Bool) -> (certificate: CertificateEvidence, index: Int)? {
    guard let time else { return nil }
    for (index, certificate) in (tls?.chain ?? []).enumerated() {
      if isExpired ? certificate.notAfter < time : certificate.notBefore > time { return (certificate, index) }
    }
    return nil
  }

  static func subject(_ certificate: CertificateEvidence) -> String { Shown.text(certificate.subject, limit: 60) }
  static func issuer(_ certificate: CertificateEvidence) -> String { Shown.text(certificate.issuer, limit: 60) }

  /// `2026-11-26`.
  static func day(_ milliseconds: Int64) -> String {
    let second = min(max(milliseconds / 1000, 0), 253_402_300_799)
    return CivilDate(unixSeconds: second).dayText
  }

  /// `6 days`, `3 h`.
  static func distance(_ milliseconds: Int64) -> String {
    let days = milliseconds / 86_400_000
    return days >= 2 ? "\(days) days" : Shown.duration(Double(milliseconds))
  }

  /// The issuer that was looked for in vain.
  var missingIssuer: String? { tls?.chain.last.map(Self.issuer) }

  /// Where the roots are.
  var roots: String { tls?.trust.map { Shown.text($0, limit: 60) } ?? "the gateway's trusted roots" }

  /// `unknown_ca (48)`.
  var alert: String? {
    tls?.alert.map { alert in
      let name = alert.name.map { Shown.text($0, limit: 40) + " " } ?? ""
      return "\(name)(\(alert.number))"
    }
  }

  var alertSentence: String? { alert.map { "The endpoint sent the TLS alert \($0)." } }

  var reasonSentence: String? {
    tls?.reason.map { "The TLS library says \(Shown.text($0, limit: 120))." }
  }

  /// What the endpoint chose, where it came that far.
  var chosenSentence: String? {
    guard let tls, let version = tls.version else { return nil }
    let cipher = tls.cipher.map { " with \(Shown.text($0, limit: 48))" } ?? ""
    return "The endpoint chose \(Shown.text(version, limit: 16))\(cipher)."
  }

  var chainSentence: String? {
    guard let tls, let leaf else { return nil }
    return "The endpoint sent \(Shown.count(tls.chain.count, "certificate", "certificates")); its own is for "
      + "\(Self.named(by: leaf)), issued by \(Self.issuer(leaf))."
  }

  var datesSentence: String? {
    leaf.map { "Its own certificate is valid from \(Self.day($0.notBefore)) to \(Self.day($0.notAfter))." }
  }

  /// What else speaks against the chain.
  var otherFaultsSentence: String? {
    let others = (tls?.faults ?? []).dropFirst().filter { $0 != cause?.identifier }
    guard !others.isEmpty else { return nil }
    return "Also wrong with the chain: \(others.prefix(4).map { Shown.text($0, limit: 40) }.joined(separator: ", "))."
  }

  var clientCertificateSentence: String? {
    tls.map {
      $0.hasClientCertificate ? "The gateway showed its certificate." : "The gateway has no certificate to show."
    }
  }
}
