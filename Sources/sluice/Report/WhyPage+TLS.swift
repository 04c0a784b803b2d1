import SluiceCore
import SluiceIncidents

// What was seen of TLS to the endpoint. Names in certificates are a peer's: each is made safe to show.

extension WhyPage {
  func tls(_ tls: TLSEvidence?) -> [String] {
    guard let tls else { return [] }
    var lines = fact("TLS", handshake(tls))
    lines += fact("alert", tls.alert.map { "\(PlainText.shown($0.name ?? "unknown")) (\($0.number))" })
    lines += fact("TLS says", tls.reason.map { PlainText.shown($0, limit: 200) })
    for (index, certificate) in tls.chain.prefix(TLSEvidence.chainMax).enumerated() {
      lines += fact(index == 0 ? "certificates" : "", "\(index + 1). \(shown(certificate))")
    }
    return lines + fact("trusted", tls.trust.map { "the roots in \(PlainText.shown($0))" } ?? "any certificate")
  }

  private func handshake(_ tls: TLSEvidence) -> String {
    var parts: [String] = []
    if let wanted = tls.nameWanted {
      parts.append("\(PlainText.shown(wanted)) was wanted" + (tls.nameAsked == nil ? " (no SNI)" : ""))
    }
    if let version = tls.version {
      parts.append(([version] + [tls.cipher].compactMap { $0 }).map { PlainText.shown($0) }.joined(separator: " "))
    }
    let offered = tls.protocolsOffered.map { PlainText.shown($0) }.joined(separator: ", ")
    if !offered.isEmpty {
      let chosen = tls.protocolChosen.map { "\(PlainText.shown($0)) chosen" } ?? "none chosen"
      parts.append("\(offered) offered, \(chosen)")
    }
    parts.append(tls.hasClientCertificate ? "a client certificate to show" : "no client certificate to show")
    if tls.isAfterHandshake { parts.append("the gateway's side of the handshake was over") }
    return parts.joined(separator: "; ")
  }

  private func shown(_ certificate: CertificateEvidence) -> String {
    let names = certificate.names.prefix(8).map { PlainText.shown($0) }.joined(separator: ", ")
    let more = certificate.names.count > 8 ? " and \(certificate.names.count - 8) more" : ""
    return
      "\(PlainText.shown(certificate.subject, limit: 120))\(names.isEmpty ? "" : " for \(names)\(more)"); issued by "
      + "\(PlainText.shown(certificate.issuer, limit: 120)); valid \(Moments.day(certificate.notBefore)) to "
      + "\(Moments.day(certificate.notAfter)); serial \(PlainText.shown(certificate.serial, limit: 64)); sha256 "
      + PlainText.shown(certificate.fingerprint, limit: 64)
  }
}
