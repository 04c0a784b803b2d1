internal import SluiceIncidents

/// Something about the gateway, beside its problems, that somebody should look at.
struct Attention: Equatable, Sendable {
  /// Days before its end at which a certificate is told.
  static let certificateDays: Int64 = 21
  private static let urgentDays: Int64 = 3

  var tone: Badge.Tone
  var sentence: String

  /// The gravest first.
  static func all(_ status: StatusDocument, _ upstreams: [UpstreamDocument]) -> [Attention] {
    let found =
      gateway(status) + upstreams.flatMap(upstream) + certificates(status, upstreams) + drops(status)
    return found.filter { $0.tone == .bad } + found.filter { $0.tone != .bad }
  }

  private static func gateway(_ status: StatusDocument) -> [Attention] {
    var found: [Attention] = []
    if status.isDraining {
      found.append(Attention(tone: .warning, sentence: "The gateway drains: it accepts nothing new and will end."))
    }
    if let reload = status.reload, reload.outcome == .refused {
      let reason = reload.reason.map { " (\($0))" } ?? ""
      found.append(
        Attention(
          tone: .warning,
          sentence: "The last reload was refused \(DashboardText.ago(reload.time, at: status.time))\(reason); "
            + "generation \(status.generation) goes on."))
    }
    if status.store.state == .failing {
      let since = status.store.failingSince.map { " since \(DashboardText.moment($0, at: status.time)) UTC" } ?? ""
      found.append(
        Attention(
          tone: .bad, sentence: "Incidents cannot be stored\(since); the gateway's log says why."))
    }
    return found
  }

  private static func upstream(_ upstream: UpstreamDocument) -> [Attention] {
    var found: [Attention] = []
    let out = upstream.endpoints.filter { $0.state == .ejected || $0.state == .unhealthy }
    if upstream.isPanicMode {
      found.append(
        Attention(
          tone: .bad, sentence: "No endpoint of \(upstream.name) is available: all that do not drain are used."))
    } else if upstream.available == 0, !upstream.endpoints.isEmpty {
      found.append(Attention(tone: .bad, sentence: "No endpoint of \(upstream.name) is available."))
    } else if !out.isEmpty {
      let verb = out.count == 1 ? "is" : "are"
      found.append(
        Attention(
          tone: .warning,
          sentence: "\(out.count) of \(DashboardText.count(upstream.endpoints.count, "endpoint")) of \(upstream.name) "
            + "\(verb) left out."))
    }
    if upstream.load.queueMax > 0, upstream.load.queued * 2 > upstream.load.queueMax {
      found.append(
        Attention(
          tone: .warning,
          sentence: "\(upstream.load.queued) of \(upstream.load.queueMax) places in the queue of \(upstream.name) are "
            + "taken."))
    }
    return found
  }

  private static func certificates(_ status: StatusDocument, _ upstreams: [UpstreamDocument]) -> [Attention] {
    let shown =
      status.listeners.flatMap { listener in listener.certificates.map { ($0, "listener \(listener.address)") } }
      + upstreams.flatMap { upstream in
        upstream.endpoints.compactMap { endpoint in endpoint.certificate.map { ($0, "endpoint \(endpoint.endpoint)") } }
      }
    return shown.filter { $0.0.daysLeft < certificateDays }.map { certificate, place in
      let left =
        certificate.daysLeft < 0
        ? "has ended" : "ends in \(DashboardText.count(certificate.daysLeft, "day"))"
      return Attention(
        tone: certificate.daysLeft < urgentDays ? .bad : .warning,
        sentence: "The certificate \(certificate.subject) of \(place) \(left).")
    }
  }

  private static func drops(_ status: StatusDocument) -> [Attention] {
    let dropped = [
      (status.drops.logLines, "line", "of logs", "a queue was full"),
      (status.drops.incidents, "incident", "beyond their count", "a queue was full"),
      (status.drops.alerts, "alert", "to webhooks", "too many waited, or for more than an hour"),
    ]
    return dropped.filter { $0.0 > 0 }.map { count, noun, rest, reason in
      Attention(
        tone: .warning,
        sentence: "\(DashboardText.count(count, noun)) \(rest) dropped since the start: \(reason).")
    }
  }
}
