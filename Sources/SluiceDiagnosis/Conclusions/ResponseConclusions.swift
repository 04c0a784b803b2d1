internal import SluiceCore
internal import SluiceIncidents

/// What the responses explain, and what their absence does.
enum ResponseConclusions {
  static func conclusions(_ asked: Asked) -> [Conclusion] {
    guard let answer = asked.configured else { return stalled(asked) }
    // A loop is told elsewhere. Who asks a gateway by its URL is told what that gateway says.
    if answer.isOurselves, asked.examination.target.upstream != nil { return [] }
    if let cause = answer.cause.flatMap(Cause.named) {
      return silent(answer, cause, asked) ?? asked.conclusions(cause)
    }
    return status(answer, asked) + health(asked) + idle(asked)
  }

  /// Accepts, and answers neither what it was asked nor anything else.
  private static func silent(_ answer: ResponseSeen, _ cause: Cause, _ asked: Asked) -> [Conclusion]? {
    guard cause == .responseHeaderTimeout else { return nil }
    let span = Shown.duration(answer.tookMs)
    let request = "\(answer.method) \(Shown.text(answer.path, limit: 40))"
    let other = asked.response(.health).flatMap { $0.cause == nil ? $0 : nil }
    if let other, let status = other.status {
      return [
        Conclusion(
          "The application at \(asked.here) answers other requests, and \(request) not within \(span)",
          next: "Look at what this request does: its handler or a query of its own is slow.",
          .root(.slowApplication, .likely, ["\(Shown.text(other.path, limit: 40)) was answered \(status) meanwhile."]))
      ]
    }
    let sentence = "The application at \(asked.here) takes connections, and answered \(request) not within \(span)"
    let next = "Take a stack dump of the process: it hangs, or waits for something that does not answer."
    let evidence = "The connection was taken, and not a byte came back."
    return [
      Conclusion(sentence, next: next, .root(.applicationHung, .likely, [evidence]), checks: [.process]),
      Conclusion(sentence, next: next, .root(.slowApplication, .possible, ["It may answer later than was waited."])),
    ]
  }

  /// The handshake did not begin: taken by the kernel, and by nobody else.
  private static func stalled(_ asked: Asked) -> [Conclusion] {
    guard asked.examination.handshake?.value?.cause == Cause.tlsHandshakeTimeout.identifier,
      let plain = asked.response(.otherScheme), plain.cause == Cause.responseHeaderTimeout.identifier
    else { return [] }
    return [
      Conclusion(
        "The application at \(asked.here) takes connections and answers neither TLS nor plain HTTP",
        next: "Take a stack dump of the process: it hangs, or waits for something that does not answer.",
        .root(.applicationHung, .likely, ["The connection was taken, and not a byte came back."]), checks: [.process])
    ]
  }

  private static func status(_ answer: ResponseSeen, _ asked: Asked) -> [Conclusion] {
    guard let status = answer.status, status >= 500 else { return [] }
    let proxy = answer.fields.first { $0.name == "proxy-status" }
    guard let proxy else { return asked.conclusions(.upstreamStatus) }
    return [
      Conclusion(
        "A proxy answers at \(asked.here) with \(status): \(Shown.text(proxy.value))",
        next: "Look at that proxy's own record: what it asks in its turn has failed.",
        .root(.dependencyFailed, .likely, ["Proxy-Status is a field of proxies (RFC 9209)."]))
    ]
  }

  /// The check fails although the endpoint answers.
  private static func health(_ asked: Asked) -> [Conclusion] {
    guard let check = asked.response(.health) else { return [] }
    let path = Shown.text(check.path, limit: 40)
    if let status = check.status, check.passesCheck == false {
      return [
        Conclusion(
          "The path of the check, \(path), answers \(status) at \(asked.here): the endpoint counts as unhealthy",
          next: status == 404 || status == 401 || status == 403
            ? "Correct `health.path` of the upstream, or list the status in `health.statuses`."
            : "Ask the application why its own check fails: \(path) says so.",
          .observed(
            .upstreamStatus, status < 500 ? .configuration : .application, .likely,
            ["The endpoint answers otherwise, and the check's status is none that passes."]))
      ]
    }
    guard let cause = check.cause.flatMap(Cause.named) else { return [] }
    return [
      Conclusion(
        "The path of the check, \(path), fails at \(asked.here) with \(cause.identifier), and other requests do not",
        next: "Look at what the application does at \(path).",
        .observed(cause, .application, .likely, ["The endpoint answers otherwise."]))
    ]
  }

  /// Of an endpoint that a gateway keeps connections to.
  private static func idle(_ asked: Asked) -> [Conclusion] {
    guard asked.examination.target.upstream != nil, let seen = asked.examination.keepAlive?.value,
      let closed = seen.closedAfterMs, let kept = seen.keptMs(asked.examination), closed < kept
    else { return [] }
    let stale = (asked.examination.gatewayRecord?.value?.problems ?? []).contains {
      $0.key.cause == Cause.staleKeepalive.identifier
    }
    return [
      Conclusion(
        "The application at \(asked.here) closes idle connections after \(Shown.duration(closed)); the gateway keeps "
          + "them for \(Shown.duration(kept))",
        next:
          "Set `timeouts.poolIdle` of the upstream below \(Shown.duration(closed)), or the application's own above.",
        .root(
          .idleTimeoutMismatch, stale ? .certain : .likely,
          [
            "An idle connection was watched until the endpoint closed it.",
            stale ? "The gateway has met connections that were closed while it used them again." : nil,
          ]))
    ]
  }
}

extension KeepAliveSeen {
  /// How long a gateway keeps an idle connection: less where the endpoint announces it.
  func keptMs(_ examination: Examination) -> Double? {
    guard let pool = examination.gatewayRecord?.value?.poolIdleMs ?? poolIdleMs else { return nil }
    return min(pool, announcedMs ?? pool)
  }
}
