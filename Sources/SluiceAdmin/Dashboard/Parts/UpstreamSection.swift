internal import SluiceDiagnosis
internal import SluiceIncidents

/// Upstreams, each with its load and its endpoints.
struct UpstreamSection {
  let overview: Overview

  init(_ overview: Overview) { self.overview = overview }

  func write(to page: inout HTMLWriter) {
    page.element("h2", "id=\"upstreams-title\"", "Upstreams and endpoints")
    guard !overview.upstreams.isEmpty else {
      return page.element("p", "class=\"quiet\"", "The configuration has no upstream.")
    }
    for upstream in overview.upstreams {
      page.within("div", "class=\"upstream\"") { page in
        head(upstream, &page)
        table(upstream).write(to: &page)
      }
    }
  }

  // MARK: An upstream

  private func head(_ upstream: UpstreamDocument, _ page: inout HTMLWriter) {
    page.within("div", "class=\"line\"") { page in
      page.element("h3", "", upstream.name)
      state(upstream).write(to: &page)
    }
    let (load, window) = (upstream.load, upstream.lastMinute)
    let failed = window.gatewayFailures + window.applicationFailures
    var facts = [
      Fact("Requests", "\(DashboardText.rate(window.perSecond)) per second"),
      Fact("Failed", failed == 0 ? "none" : DashboardText.percent(failed, of: window.requests)),
      Fact(
        "p50 · p90 · p99",
        [window.latency.p50, window.latency.p90, window.latency.p99].map(DashboardText.latency)
          .joined(separator: " · ")),
      Fact("In progress", of(load.requests, load.requestsMax)), Fact("Waiting", of(load.queued, load.queueMax)),
      Fact("Connections", of(load.connections, load.connectionsMax)),
    ]
    if upstream.retry.replays > 0 {
      facts.append(Fact("Replays", of(upstream.retry.replays, upstream.retry.replaysMax)))
    }
    facts.append(Fact("Balance", upstream.balance))
    page.facts(facts)
  }

  private func state(_ upstream: UpstreamDocument) -> Badge {
    let (count, window) = (upstream.endpoints.count, upstream.lastMinute)
    if window.requests > 0, window.gatewayFailures == window.requests { return Badge("every request fails", .bad) }
    if upstream.isPanicMode { return Badge("panic mode: all endpoints are used", .bad) }
    if upstream.available == 0 { return Badge("no endpoint available", .bad) }
    if upstream.isFailing { return Badge(upstream.available == 1 ? "failing" : "all that are used fail", .bad) }
    if upstream.available < count { return Badge("\(upstream.available) of \(count) available", .warning) }
    return Badge(count == 1 ? "available" : "all \(count) available", .good)
  }

  private func of(_ count: Int, _ most: Int) -> String {
    "\(DashboardText.count(count)) of \(DashboardText.count(most))"
  }

  // MARK: Its endpoints

  private func table(_ upstream: UpstreamDocument) -> DataTable {
    // The tables stand below each other: all have it, or none has.
    let hasCertificates = overview.upstreams.contains { $0.endpoints.contains { $0.certificate != nil } }
    var columns: [DataTable.Column] = [
      .init("Endpoint"), .init("State"), .init("In progress", isNumber: true),
      .init("Connections", isNumber: true), .init("Per second", isNumber: true),
      .init("Failed", isNumber: true), .init("p50", isNumber: true), .init("p99", isNumber: true),
      .init("Last failure"),
    ]
    if hasCertificates { columns.append(.init("Certificate")) }
    columns.append(.init("Action"))
    return DataTable(
      caption: "Endpoints of \(upstream.name)", columns: columns,
      rows: upstream.endpoints.map { endpoint in
        let window = endpoint.lastMinute
        let failed = window.gatewayFailures + window.applicationFailures
        var cells: [DataTable.Cell] = [
          .written { $0.element("code", "", endpoint.endpoint) }, .written { state(endpoint, &$0) },
          .text(DashboardText.count(endpoint.requests)),
          .text(
            "\(DashboardText.count(endpoint.connectionsInUse)), \(DashboardText.count(endpoint.connectionsIdle)) idle"),
          .text(DashboardText.rate(window.perSecond)),
          .text(failed == 0 ? "none" : DashboardText.percent(failed, of: window.requests)),
          .text(DashboardText.latency(window.latency.p50)), .text(DashboardText.latency(window.latency.p99)),
          .text(lastFailure(endpoint)),
        ]
        if hasCertificates { cells.append(.written { certificate(endpoint.certificate, &$0) }) }
        cells.append(.written { action(endpoint, of: upstream, &$0) })
        return cells
      }, kind: "endpoints")
  }

  private func state(_ endpoint: EndpointDocument, _ page: inout HTMLWriter) {
    if endpoint.isFailing {
      Badge("failing", .bad).write(to: &page)
      let failures = "\(DashboardText.count(endpoint.failuresInARow)) failures in a row, still given requests"
      return page.element("span", "class=\"why\"", failures)
    }
    Badge(endpoint.state.rawValue, endpoint.state.tone).write(to: &page)
    guard endpoint.state != .healthy else { return }
    var parts: [String] = []
    if let reason = endpoint.reason { parts.append(reason) }
    if let since = endpoint.forMs { parts.append("for \(DashboardText.span(since))") }
    if let until = endpoint.untilMs {
      parts.append(until > 0 ? "\(DashboardText.span(until)) left" : "a probe is due")
    }
    if !parts.isEmpty { page.element("span", "class=\"why\"", parts.joined(separator: ", ")) }
  }

  private func lastFailure(_ endpoint: EndpointDocument) -> String {
    guard let age = endpoint.lastFailureMs else { return "none" }
    let cause = endpoint.lastFailureCause.map { "\($0), " } ?? ""
    return "\(cause)\(DashboardText.span(age)) ago"
  }

  private func certificate(_ certificate: CertificateDocument?, _ page: inout HTMLWriter) {
    guard let certificate else { return page.text("–") }
    CertificateBadge.badge(certificate).write(to: &page)
  }

  /// By script alone, so that no form of another page can do it; the command does the same.
  private func action(_ endpoint: EndpointDocument, of upstream: UpstreamDocument, _ page: inout HTMLWriter) {
    let verb = endpoint.state == .draining ? "undrain" : "drain"
    let (name, address) = (PercentCode.encoded(upstream.name), PercentCode.encoded(endpoint.endpoint))
    let path = "/api/v1/upstreams/\(name)/endpoints/\(address)/\(verb)"
    let question =
      verb == "drain"
      ? "Give \(endpoint.endpoint) no new requests?" : "Give \(endpoint.endpoint) requests again?"
    page.raw("<button type=\"button\" class=\"scripted\" data-post=\"\(HTMLWriter.escaped(path))\" data-ask=\"")
    page.text(question)
    page.raw("\" aria-label=\"")
    page.text("\(DashboardText.capitalized(verb)) \(endpoint.endpoint)")
    page.raw("\" id=\"\(HTMLWriter.escaped("act-\(upstream.name)-\(endpoint.endpoint)"))\">")
    page.text(DashboardText.capitalized(verb))
    page.raw("</button>")
  }
}

extension EndpointDocument.State {
  var tone: Badge.Tone {
    switch self {
    case .healthy: .good
    case .returning: .warning
    case .ejected, .unhealthy: .bad
    case .draining: .quiet
    }
  }
}
