internal import SluiceCore
internal import SluiceIncidents

/// TLS to the endpoint.
enum Securing {
  private static func evidence(_ facts: Facts) -> [String?] {
    [facts.errno, facts.lastAnswer, facts.inARow, facts.othersShown]
  }

  static func handshake(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what =
      if cause == .tlsClosedInHandshake {
        "closed the connection in the middle of the TLS handshake"
      } else if cause == .tlsAlert {
        "ended the connection with a TLS alert"
      } else {
        "and the gateway could not agree on TLS"
      }
    return Judgement(
      "The endpoint \(facts.here) \(what)",
      next: "Try the handshake by hand and read what the endpoint answers.",
      .observed(cause, facts.isOtherwiseFine == true ? .likely : .possible, evidence(facts)),
      or: [
        .observed(
          cause, .configuration, .possible, ["Name, certificate or version may not be what the endpoint wants."]),
        facts.hasAnswered == false ? .root(.wrongScheme, .possible, [facts.lastAnswer]) : nil,
      ])
  }

  static func version(_ facts: Facts) -> Judgement {
    terms(.tlsVersionMismatch, facts, "have no TLS version in common", "Allow a TLS version that both sides speak.")
  }

  static func cipher(_ facts: Facts) -> Judgement {
    terms(.tlsCipherMismatch, facts, "have no cipher suite in common", "Allow a cipher suite that both sides have.")
  }

  static func clientCertificate(_ facts: Facts) -> Judgement {
    terms(
      .tlsClientCertificateWanted, facts, "do not agree on a client certificate: the endpoint wants one",
      "Set `tls.certificate` and `tls.key` of the upstream to a pair that the endpoint accepts.")
  }

  private static func terms(_ cause: Cause, _ facts: Facts, _ what: String, _ next: String) -> Judgement {
    Judgement(
      "The gateway and \(facts.here) \(what)", next: next, .observed(cause, .likely, evidence(facts)),
      or: [.observed(cause, .application, .possible, ["What the endpoint demands may have changed."])])
  }

  static func dates(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what = cause == .tlsCertExpired ? "has expired" : "is not valid yet"
    return Judgement(
      "A certificate of \(facts.here) \(what), by the gateway's clock",
      next: cause == .tlsCertExpired
        ? "Renew the endpoint's certificate." : "Compare the clocks, then the certificate's dates.",
      .observed(cause, .likely, evidence(facts)),
      or: [.observed(cause, .machine, .possible, ["The gateway's clock may be wrong."])])
  }

  static func untrusted(_ facts: Facts) -> Judgement {
    trust(
      .tlsCertUntrusted, facts, "was issued by nobody whom the gateway trusts",
      "Add the issuer to `tls.trust` of the upstream.")
  }

  static func selfSigned(_ facts: Facts) -> Judgement {
    trust(
      .tlsCertSelfSigned, facts, "is self-signed",
      "Add it to `tls.trust` of the upstream, or have it signed by an issuer.")
  }

  static func incompleteChain(_ facts: Facts) -> Judgement {
    trust(
      .tlsCertIncompleteChain, facts, "comes without its intermediates",
      "Let the endpoint send the intermediate certificates with its own.")
  }

  private static func trust(_ cause: Cause, _ facts: Facts, _ what: String, _ next: String) -> Judgement {
    Judgement("The certificate of \(facts.here) \(what)", next: next, .observed(cause, .likely, evidence(facts)))
  }

  static func name(_ facts: Facts) -> Judgement {
    Judgement(
      "The certificate of \(facts.here) is for another name than the gateway asked for",
      next: "Set `tls.serverName` to a name of the certificate, or correct the endpoint.",
      .observed(.tlsNameMismatch, .likely, evidence(facts)),
      or: [.observed(.tlsNameMismatch, .application, .possible, ["The endpoint may serve the wrong certificate."])])
  }

  static func plainPort(_ facts: Facts) -> Judgement {
    Judgement(
      "The gateway spoke TLS to \(facts.here), whose port speaks plain text",
      next: "Write http:// instead of https:// for this endpoint, or correct its port.",
      .observed(.tlsToPlaintextPort, .likely, evidence(facts) + [facts.firstBytesSentence]),
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
