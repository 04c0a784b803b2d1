internal import SluiceCore
internal import SluiceIncidents

/// The certificates that an endpoint showed. A verdict is certain where the chain itself is at hand: it was read, not
/// inferred.
enum Certifying {
  private static func evidence(_ facts: Facts) -> [String?] {
    [
      facts.chainSentence, facts.datesSentence, facts.otherFaultsSentence, facts.lastAnswer, facts.inARow,
      facts.othersShown,
    ]
  }

  private static func sure(_ facts: Facts) -> Sureness { facts.leaf == nil ? .likely : .certain }

  static func dates(_ cause: Cause, _ facts: Facts) -> Judgement {
    let isExpired = cause == .tlsCertExpired
    var sentence =
      "A certificate of \(facts.here) \(isExpired ? "has expired" : "is not valid yet"), by the gateway's clock"
    if let (certificate, index) = facts.outdated(isExpired), let time = facts.time {
      let which = index == 0 ? "The certificate of \(facts.here)" : "An intermediate certificate of \(facts.here)"
      sentence =
        isExpired
        ? "\(which) expired on \(Facts.day(certificate.notAfter)), "
          + "\(Facts.distance(time - certificate.notAfter)) before"
        : "\(which) is valid from \(Facts.day(certificate.notBefore)) on, "
          + "\(Facts.distance(certificate.notBefore - time)) later"
    }
    return Judgement(
      sentence,
      next: isExpired ? "Renew the endpoint's certificate." : "Compare the clocks, then the certificate's dates.",
      .observed(cause, .likely, evidence(facts)),
      or: [.observed(cause, .machine, .possible, ["The gateway's clock may be wrong."])])
  }

  static func untrusted(_ facts: Facts) -> Judgement {
    if let reason = facts.tls?.reason {
      return trust(
        .tlsCertUntrusted, facts, "is refused: \(Shown.text(reason, limit: 90))",
        "Give the endpoint a certificate that may be used for it.")
    }
    let issuer = facts.missingIssuer.map { "leads to \($0), which is not among \(facts.roots)" }
    return trust(
      .tlsCertUntrusted, facts, issuer ?? "was issued by nobody whom the gateway trusts",
      "Add the issuer to `tls.trust` of the upstream.")
  }

  static func selfSigned(_ facts: Facts) -> Judgement {
    let name = facts.leaf.map { ", \(Facts.subject($0))," } ?? ""
    return Judgement(
      "The certificate\(name) of \(facts.here) is self-signed",
      next: "Add it to `tls.trust` of the upstream, or have it signed by an issuer.",
      .observed(.tlsCertSelfSigned, sure(facts), evidence(facts)))
  }

  static func incompleteChain(_ facts: Facts) -> Judgement {
    let issuer = facts.missingIssuer.map { ": that of \($0) is missing" } ?? ""
    return Judgement(
      "The certificate of \(facts.here) comes without its intermediates\(issuer)",
      next: "Let the endpoint send the intermediate certificates with its own.",
      .observed(.tlsCertIncompleteChain, .likely, evidence(facts)),
      or: [
        facts.leaf == nil
          ? nil
          : .observed(
            .tlsCertUntrusted, .possible, ["Should the issuer be a root, it is not among \(facts.roots)."])
      ])
  }

  private static func trust(_ cause: Cause, _ facts: Facts, _ what: String, _ next: String) -> Judgement {
    Judgement("The certificate of \(facts.here) \(what)", next: next, .observed(cause, sure(facts), evidence(facts)))
  }

  static func name(_ facts: Facts) -> Judgement {
    var sentence = "The certificate of \(facts.here) is for another name than the gateway asked for"
    if let leaf = facts.leaf, let wanted = facts.tls?.nameWanted {
      sentence =
        "The certificate of \(facts.here) is for \(Facts.named(by: leaf)), not for \(Shown.text(wanted, limit: 48))"
    }
    return Judgement(
      sentence,
      next: "Set `tls.serverName` to a name of the certificate, or correct the endpoint.",
      .observed(.tlsNameMismatch, .likely, evidence(facts)),
      or: [.observed(.tlsNameMismatch, .application, .possible, ["The endpoint may serve the wrong certificate."])])
  }
}
