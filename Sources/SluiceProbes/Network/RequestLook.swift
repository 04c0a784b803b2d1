internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceGateway
internal import SluiceIncidents

/// One request on a connection of its own, otherwise than the first one was asked.
enum RequestLook {
  /// The path of the active check; nil: there is none that is asked for with GET, or it is the one that was asked for.
  static func health(_ target: ProbeTarget, at address: String, within limit: Duration) async -> ResponseSeen? {
    guard case .http(let path, let host, let statuses)? = target.settings.check?.kind else { return nil }
    if path == target.path, host == nil { return nil }
    var question = ProbeQuestion.configured(target, at: address)
    question.kind = .health
    question.path = path
    question.host = host ?? target.host
    guard var seen = await ask(question, target, within: limit) else { return nil }
    let status = seen.status
    seen.passesCheck = status.map { status in statuses.contains { $0.contains(status) } }
    return seen
  }

  /// In the clear where TLS is configured, and the reverse. Nothing is verified: the question is whether it speaks.
  static func otherScheme(_ target: ProbeTarget, at address: String, within limit: Duration) async -> ResponseSeen? {
    var other = target
    other.endpoint.usesTLS.toggle()
    other.settings.tls.verify = .none
    // The question is the scheme: what most speak in it is asked.
    other.settings.protocolChoice = other.endpoint.usesTLS ? .auto : .http1
    var question = ProbeQuestion.configured(other, at: address)
    question.kind = .otherScheme
    return await ask(question, other, within: limit)
  }

  /// HTTP/2 where HTTP/1.1 was spoken, and the reverse.
  static func otherProtocol(
    _ target: ProbeTarget, at address: String, spokeHTTP2: Bool, within limit: Duration
  ) async -> ResponseSeen? {
    var other = target
    other.settings.protocolChoice = spokeHTTP2 ? .http1 : .http2
    other.settings.tls.verify = .none
    var question = ProbeQuestion.configured(other, at: address)
    question.kind = .otherProtocol
    return await ask(question, other, within: limit)
  }

  /// At another port of the same host.
  static func otherPort(_ target: ProbeTarget, at address: String, within limit: Duration) async -> ResponseSeen? {
    var question = ProbeQuestion.configured(target, at: address)
    question.kind = .otherPort
    return await ask(question, target, within: limit)
  }

  /// nil: TLS could not be set up.
  private static func ask(
    _ question: ProbeQuestion, _ target: ProbeTarget, within limit: Duration
  ) async -> ResponseSeen? {
    let course = Course(limit)
    let began = ProbeClock.milliseconds()
    var tls: DirectTLS?
    if target.endpoint.usesTLS {
      guard case .value(let loaded) = await DirectTLS.loaded(target.settings) else { return nil }
      tls = loaded
    }
    let opening = await ProbeConnection.open(
      question.address, target, tls: tls, speaksHTTP2: target.settings.protocolChoice == .http2,
      connect: course.limit(limit), handshake: course.limit(limit))
    var seen = question.blank
    switch opening {
    case .open(let connection, let evidence):
      if target.endpoint.usesTLS, target.settings.protocolChoice == .http2, evidence?.protocolChosen != "h2" {
        connection.close()
        seen.cause = Cause.h2ProtocolViolation.identifier
        return seen
      }
      seen = await connection.ask(question, within: course.limit(limit)).seen
      connection.close()
    case .insecure(let failure):
      seen.cause = failure.cause.identifier
      if !failure.firstBytes.isEmpty {
        seen.firstBytes = FirstBytes.seen(
          failure.firstBytes, total: failure.firstCount, secrets: target.secrets)
      }
    case .refused(let errno):
      let call = question.address.hasPrefix("unix:") ? SystemCall.connectUnix : .connect
      seen.cause = Cause.fromSystemError(errno: errno, during: call).identifier
    case .late: seen.cause = Cause.connectTimeout.identifier
    }
    if seen.tookMs == 0 { seen.tookMs = ProbeClock.milliseconds() - began }
    return seen
  }
}
