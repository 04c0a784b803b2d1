internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceGateway
internal import SluiceIncidents

/// What opening a connection as the gateway does came to.
struct ConfiguredOpening: Sendable {
  /// nil: the connection is plain, or there was none.
  var handshake: Seen<HandshakeSeen>?
  /// nil: there is none to ask on.
  var connection: ProbeConnection?
  /// Where the connection itself failed although it had succeeded a moment before, or HTTP/2 was not agreed on.
  var failure: ResponseSeen?
}

/// Opens a connection with exactly the settings of the gateway, TLS included.
enum HandshakeLook {
  static func look(
    _ target: ProbeTarget, at address: String, connect: Duration, handshake limit: Duration
  ) async -> ConfiguredOpening {
    var opening = ConfiguredOpening()
    var tls: DirectTLS?
    if target.endpoint.usesTLS {
      switch await DirectTLS.loaded(target.settings) {
      case .value(let loaded): tls = loaded
      case .absent(let reason):
        opening.handshake = .notRun(reason)
        return opening
      }
    }
    let start = ProbeClock.milliseconds()
    let outcome = await ProbeConnection.open(
      address, target, tls: tls, speaksHTTP2: target.settings.protocolChoice == .http2, connect: connect,
      handshake: limit)
    let took = ProbeClock.milliseconds() - start
    switch outcome {
    case .open(let connection, let evidence):
      if let evidence, target.settings.protocolChoice == .http2, evidence.protocolChosen != "h2" {
        connection.close()
        var seen = ProbeQuestion.configured(target, at: address).blank
        seen.cause = Cause.h2ProtocolViolation.identifier
        opening.failure = seen
      } else {
        opening.connection = connection
      }
      opening.handshake = evidence.map { seen(evidence: $0, cause: nil, tls, took, nil) }
    case .insecure(let failure):
      opening.handshake = seen(
        evidence: failure.evidence, cause: failure.cause, tls, took, failure.trustWanted, failure)
    case .refused(let errno):
      var seen = ProbeQuestion.configured(target, at: address).blank
      let call = address.hasPrefix("unix:") ? SystemCall.connectUnix : .connect
      seen.cause = Cause.fromSystemError(errno: errno, during: call).identifier
      opening.failure = seen
    case .late:
      var seen = ProbeQuestion.configured(target, at: address).blank
      seen.cause = Cause.connectTimeout.identifier
      opening.failure = seen
    }
    return opening
  }

  private static func seen(
    evidence: TLSEvidence, cause: Cause?, _ tls: DirectTLS?, _ took: Double, _ trustWanted: String?,
    _ failure: DirectTLS.Failure? = nil
  ) -> Seen<HandshakeSeen> {
    var seen = HandshakeSeen(tls: evidence)
    seen.cause = cause?.identifier
    seen.tookMs = took
    seen.trustWanted = trustWanted
    // A handshake that did not get as far as the certificates says nothing of it.
    let wasAsked = tls?.isCertificateWanted == true || cause == .tlsClientCertificateWanted
    seen.wantsClientCertificate = wasAsked ? true : evidence.chain.isEmpty ? nil : false
    if let failure, !failure.firstBytes.isEmpty {
      seen.firstBytes = FirstBytes.seen(
        failure.firstBytes, total: failure.firstCount, secrets: SecretFields())
    }
    return .value(seen)
  }
}

extension ProbeQuestion {
  static func configured(_ target: ProbeTarget, at address: String) -> ProbeQuestion {
    ProbeQuestion(
      kind: .configured, address: address, path: target.path, host: target.host,
      isSecure: target.endpoint.usesTLS, installation: target.installation,
      headMax: target.settings.limits.responseHead, secrets: target.secrets)
  }
}
