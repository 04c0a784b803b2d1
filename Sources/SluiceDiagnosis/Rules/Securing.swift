internal import SluiceCore
internal import SluiceIncidents

/// The TLS handshake with the endpoint. What is about its certificates stands in `Certifying`.
enum Securing {
  static func evidence(_ facts: Facts) -> [String?] {
    [
      facts.alertSentence, facts.reasonSentence, facts.chosenSentence, facts.errno, facts.lastAnswer, facts.inARow,
      facts.othersShown,
    ]
  }

  static func handshake(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what =
      if cause == .tlsClosedInHandshake {
        "closed the connection in the middle of the TLS handshake"
      } else if cause == .tlsAlert {
        "ended the connection with \(facts.alert.map { "the TLS alert \($0)" } ?? "a TLS alert")"
      } else {
        "and the gateway could not agree on TLS"
      }
    let owner = alertOwner(facts)
    return Judgement(
      "The endpoint \(facts.here) \(what)",
      next: alertAdvice(facts) ?? "Try the handshake by hand and read what the endpoint answers.",
      .observed(
        cause, owner ?? cause.owner, facts.isOtherwiseFine == true || owner != nil ? .likely : .possible,
        evidence(facts) + [facts.firstBytesSentence]),
      or: [
        owner != nil
          ? nil
          : .observed(
            cause, .configuration, .possible, ["Name, certificate or version may not be what the endpoint wants."]),
        facts.hasAnswered == false ? .root(.wrongScheme, .possible, [facts.lastAnswer]) : nil,
      ])
  }

  /// Two alerts say that the gateway asks for what the endpoint does not have.
  private static func alertOwner(_ facts: Facts) -> Owner? {
    switch facts.tls?.alert?.number {
    case 112, 120: .configuration
    default: nil
    }
  }

  private static func alertAdvice(_ facts: Facts) -> String? {
    let asked = facts.tls?.nameAsked.map { " (\(Shown.text($0, limit: 48)))" } ?? ""
    return switch facts.tls?.alert?.number {
    case 112: "The endpoint serves no such name\(asked): set `tls.serverName` of the upstream to one that it serves."
    case 120:
      "The endpoint speaks none of the protocols that were offered "
        + "(\((facts.tls?.protocolsOffered ?? []).map { Shown.text($0, limit: 16) }.joined(separator: ", ")))."
    case 80: "Read the endpoint's log: the alert says that something failed inside it."
    case 40: "Compare what both sides allow: the endpoint found nothing that it could agree to."
    default: nil
    }
  }

  static func version(_ facts: Facts) -> Judgement {
    terms(.tlsVersionMismatch, facts, "have no TLS version in common", "Allow a TLS version that both sides speak.")
  }

  static func cipher(_ facts: Facts) -> Judgement {
    terms(
      .tlsCipherMismatch, facts, "have no cipher suite in common", "Allow a cipher suite that both sides have.")
  }

  static func clientCertificate(_ facts: Facts) -> Judgement {
    let hasOne = facts.tls?.hasClientCertificate == true
    return terms(
      .tlsClientCertificateWanted, facts,
      hasOne
        ? "do not agree on a client certificate: the endpoint does not accept the gateway's"
        : "do not agree on a client certificate: the endpoint wants one",
      hasOne
        ? "Set `tls.certificate` and `tls.key` of the upstream to a pair that the endpoint accepts; the alert says "
          + "what is wrong with this one."
        : "Set `tls.certificate` and `tls.key` of the upstream to a pair that the endpoint accepts.")
  }

  private static func terms(_ cause: Cause, _ facts: Facts, _ what: String, _ next: String) -> Judgement {
    let alert = facts.alert.map { ", and it said so with the alert \($0)" } ?? ""
    return Judgement(
      "The gateway and \(facts.here) \(what)\(alert)", next: next,
      .observed(cause, .likely, evidence(facts) + [facts.clientCertificateSentence]),
      or: [.observed(cause, .application, .possible, ["What the endpoint demands may have changed."])])
  }

  static func plainPort(_ facts: Facts) -> Judgement {
    Judgement(
      "The gateway spoke TLS to \(facts.here), whose port speaks plain text",
      next: "Write http:// instead of https:// for this endpoint, or correct its port.",
      .observed(.tlsToPlaintextPort, .likely, [facts.firstBytesSentence] + evidence(facts)),
      or: [.root(.wrongScheme, .likely), .root(.wrongPort, .possible)])
  }

  static func late(_ facts: Facts) -> Judgement {
    Judgement(
      "The endpoint \(facts.here) did not finish the TLS handshake in time",
      next: "See whether its machine is out of CPU: a handshake is the dearest thing it does.",
      .observed(
        .tlsHandshakeTimeout, facts.isLoaded == true ? .likely : .possible, evidence(facts) + [facts.loadSentence]),
      or: [
        .root(.overload, .possible, [facts.loadSentence]),
        facts.place?.isLocal == true ? nil : .root(.packetsDropped, .possible),
        facts.hasAnswered == false ? .root(.wrongPort, .possible, [facts.lastAnswer]) : nil,
      ])
  }
}
