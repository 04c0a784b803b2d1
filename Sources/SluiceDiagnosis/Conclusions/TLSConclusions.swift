internal import SluiceCore
internal import SluiceIncidents

/// What the handshake and the certificates explain. The words are those of the rules over incidents; what only a look
/// can tell comes before them: that a certificate was renewed, and what versions the endpoint speaks.
enum TLSConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] {
    let asked = Asked(examination)
    guard let handshake = examination.handshake?.value, let cause = handshake.cause.flatMap(Cause.named) else {
      return wanted(examination, asked)
    }
    // Another way was tried and worked: that says more.
    if cause == .tlsToPlaintextPort, asked.hasAnswer(.otherScheme) != nil { return [] }
    if cause == .tlsHandshakeTimeout { return late(handshake, asked) }
    if cause == .tlsVersionMismatch { return versions(handshake, asked) }
    return asked.conclusions(cause).map { renewed($0, handshake, cause, asked) }
  }

  /// In TLS 1.3 an endpoint says only after the handshake that it wants a certificate.
  private static func wanted(_ examination: Examination, _ asked: Asked) -> [Conclusion] {
    guard asked.configured?.cause == Cause.tlsClientCertificateWanted.identifier else { return [] }
    return asked.conclusions(.tlsClientCertificateWanted)
  }

  private static func late(_ handshake: HandshakeSeen, _ asked: Asked) -> [Conclusion] {
    guard asked.hasAnswer(.otherScheme) == nil else { return [] }
    let sentence = "The endpoint \(asked.here) took the connection and did not answer the TLS handshake within "
    return [
      Conclusion(
        sentence + Shown.duration(handshake.tookMs),
        next: "See whether the process hangs or its machine is out of CPU.",
        .observed(.tlsHandshakeTimeout, .likely, ["Our first message was sent, and its answer did not come."]))
    ]
  }

  private static func versions(_ handshake: HandshakeSeen, _ asked: Asked) -> [Conclusion] {
    let spoken = handshake.versions.filter(\.isSpoken).map { Shown.text($0.version, limit: 24) }
    guard !spoken.isEmpty else { return asked.conclusions(.tlsVersionMismatch) }
    let words = spoken.joined(separator: " and ")
    return [
      Conclusion(
        "The endpoint \(asked.here) speaks \(words), which the gateway is not configured to speak",
        next: "Let the endpoint speak TLS 1.2 or 1.3; `tls.minimumVersion` of the upstream allows older ones.",
        .observed(
          .tlsVersionMismatch, .certain, ["A handshake with \(words) succeeded, and one as configured did not."]))
    ]
  }

  /// A certificate that differs from the one before began to fail with that.
  private static func renewed(
    _ conclusion: Conclusion, _ handshake: HandshakeSeen, _ cause: Cause, _ asked: Asked
  ) -> Conclusion {
    guard let before = handshake.before, let leaf = handshake.tls.chain.first, before.fingerprint != leaf.fingerprint
    else { return conclusion }
    var renewed = conclusion
    let names = Facts.named(by: leaf)
    if cause == .tlsNameMismatch {
      let wanted = handshake.tls.nameWanted.map { Shown.text($0, limit: 48) } ?? "the name that is asked for"
      renewed.sentence = "The certificate of \(asked.here) was renewed with one for \(names), not for \(wanted)"
    } else if cause == .tlsCertUntrusted || cause == .tlsCertIncompleteChain {
      let issuer = Shown.text(handshake.trustWanted ?? leaf.issuer, limit: 60)
      renewed.sentence = "The certificate of \(asked.here) was renewed by \(issuer), which is not trusted"
    } else if cause == .tlsCertSelfSigned {
      renewed.sentence = "The certificate of \(asked.here) was renewed with one that it signed itself"
    }
    renewed.explanation.evidence.append(
      "The one before was for \(Facts.named(by: before)), issued by \(Facts.issuer(before)), valid to "
        + "\(Facts.day(before.notAfter)).")
    return renewed
  }
}
