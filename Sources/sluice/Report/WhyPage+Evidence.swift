import SluiceDiagnosis
import SluiceIncidents
import SluiceWire

// What was at hand at the moment of the failure.

extension WhyPage {
  var evidence: [String] {
    guard let evidence = incident.evidence else {
      let text =
        "Only the record was kept: the problem had filled its share of that minute. The first incident of the "
        + "problem has more; `sluice problems` names it."
      return WordWrap.lines(text, width: screen.width, first: "  ", rest: "  ") + changeLines
    }
    var lines = firstBytes(evidence.firstBytes)
    lines += tls(evidence.tls)
    lines += fact("body", body(evidence))
    lines += fact("limits", evidence.timeouts.map(timeouts))
    lines += fact("load", evidence.load.map(load))
    lines += endpoints(evidence.endpoints ?? [])
    lines += fact("DNS", evidence.resolution.map(resolution))
    lines += fact("HTTP/2", evidence.http2.map(http2))
    return lines + changeLines
  }

  private func firstBytes(_ bytes: FirstBytes?) -> [String] {
    guard let bytes else { return [] }
    let looks = bytes.looksLike.map { identifier in
      let known = Appearance.allCases.first { $0.identifier == identifier }
      return "\(known?.sentence ?? "") (\(PlainText.shown(identifier)))"
    }
    let count = bytes.isCut ? "The first \(Amounts.bytes(UInt64(max(bytes.count, 0))))" : "All"
    let told = fact("first bytes", looks ?? "They look like HTTP.")
    // Escaped when they were kept; the store is a file, so they are looked at again.
    return told + fact("", "\(count) that came: \(PlainText.shown(bytes.text))")
  }

  private func http2(_ evidence: HTTP2Evidence) -> String {
    let rule = evidence.rule.flatMap { identifier in HTTP2Rule.allCases.first { $0.identifier == identifier } }
    let code = evidence.code.map { "the endpoint said \(PlainText.shown($0))" }
    let broken = rule.map { "rule broken: \($0.identifier), \($0.sentence)" }
    return [code, broken].compactMap { $0 }.joined(separator: "; ")
  }

  private func body(_ evidence: Evidence) -> String? {
    switch (evidence.declaredLength, evidence.receivedLength) {
    case (let declared?, let received?): "\(Amounts.bytes(declared)) declared, \(received) received"
    case (let declared?, nil): "\(Amounts.bytes(declared)) declared"
    case (nil, let received?): "no length declared, \(Amounts.bytes(received)) received"
    case (nil, nil): nil
    }
  }

  private func timeouts(_ timeouts: TimeoutsInForce) -> String {
    let limits = [
      ("connect", timeouts.connect), ("response head", timeouts.responseHead), ("request", timeouts.request),
      ("body idle", timeouts.bodyIdle), ("pool idle", timeouts.poolIdle), ("queue", timeouts.queue),
    ]
    return limits.map { "\($0.0) \(Amounts.span($0.1))" }.joined(separator: ", ")
  }

  private func load(_ load: UpstreamLoad) -> String {
    "\(load.requests) of \(load.requestsMax) requests, \(load.queued) of \(load.queueMax) waiting, "
      + "\(load.connections) of \(load.connectionsMax) connections" + limit(load)
  }

  /// What kept the request waiting, how fast the queue was served, and what an adaptive limit knew.
  private func limit(_ load: UpstreamLoad) -> String {
    var parts: [String] = []
    if let limit = load.heldBackBy { parts.append("held back by the \(PlainText.shown(limit)) limit") }
    if let pace = load.servedPerSecond, (0..<1e9).contains(pace) {
      parts.append("\(Int(pace.rounded())) served in a second")
    }
    if let reason = load.adaptiveReason {
      let latency = load.latencyWithoutQueueMs.map { ", \(Amounts.span($0)) without a queue" } ?? ""
      parts.append("adaptive limit: \(PlainText.shown(reason))\(latency)")
    }
    return parts.map { "; \($0)" }.joined()
  }

  private func endpoints(_ endpoints: [EndpointCondition]) -> [String] {
    var lines: [String] = []
    for (index, endpoint) in endpoints.prefix(Self.endpointsMax).enumerated() {
      lines += fact(index == 0 ? "endpoints" : "", "\(PlainText.shown(endpoint.endpoint)): \(condition(endpoint))")
    }
    let left = endpoints.count - Self.endpointsMax
    return lines + (left > 0 ? fact("", "and \(Amounts.count(left, "other"))") : [])
  }

  private func condition(_ endpoint: EndpointCondition) -> String {
    let success = endpoint.lastSuccessMs.map { "last answered \(Amounts.about($0)) before" } ?? "never answered"
    let row = endpoint.failuresInARow > 0 ? ", \(Amounts.count(endpoint.failuresInARow, "failure")) in a row" : ""
    let cause = endpoint.lastFailureCause.map { " with \(PlainText.shown($0))" } ?? ""
    let failure = endpoint.lastFailureMs.map { ", last failed \(Amounts.about($0)) before\(cause)" } ?? ""
    return (standing(endpoint).map { $0 + "; " } ?? "") + success + row + failure
  }

  /// `ejected since 300 ms, for 700 ms more (connect_refused)`; nothing of a healthy one.
  private func standing(_ endpoint: EndpointCondition) -> String? {
    guard let standing = endpoint.standing, standing != "healthy" else { return nil }
    let since = endpoint.standingForMs.map { " since \(Amounts.about($0))" } ?? ""
    let rest = endpoint.untilMs.map { $0 > 0 ? ", for \(Amounts.about($0)) more" : ", a probe is due" } ?? ""
    let reason = endpoint.standingReason.map { " (\(PlainText.shown($0)))" } ?? ""
    return PlainText.shown(standing) + since + rest + reason
  }

  private func resolution(_ resolution: ResolutionEvidence) -> String {
    let addresses = resolution.addresses.prefix(8).map { PlainText.shown($0) }.joined(separator: ", ")
    let code = resolution.responseCode.map { PlainText.shown($0) + ", " } ?? ""
    return "\(PlainText.shown(resolution.name)): \(code)\(addresses.isEmpty ? "no address" : addresses)"
  }

  private var changeLines: [String] {
    guard !changes.isEmpty else { return fact("changes", "none in the ten minutes before") }
    var lines: [String] = []
    for (index, change) in changes.prefix(Self.changesMax).enumerated() {
      let before = incident.time.map { Amounts.about(Double($0 - min($0, change.time))) + " before: " } ?? ""
      let upstream = change.upstream.map { " (upstream \(PlainText.shown($0)))" } ?? ""
      let text = "\(before)\(change.kind.told), \(PlainText.shown(change.text, limit: 200))\(upstream)"
      lines += fact(index == 0 ? "changes" : "", text)
    }
    let left = changes.count - Self.changesMax
    return lines + (left > 0 ? fact("", "and \(Amounts.count(left, "other"))") : [])
  }
}
