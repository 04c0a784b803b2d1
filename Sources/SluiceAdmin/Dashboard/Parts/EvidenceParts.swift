internal import SluiceDiagnosis
internal import SluiceIncidents

/// What was at hand at the moment of the failure.
struct EvidenceParts {
  /// Endpoints and changes that are listed.
  private static let listedMax = 20

  let answer: WhyAnswer

  func write(to page: inout HTMLWriter) {
    if let evidence = answer.incident.evidence {
      if let bytes = evidence.firstBytes { firstBytes(bytes, &page) }
      let facts = facts(evidence)
      if !facts.isEmpty { page.facts(facts, "facts list") }
      endpoints(evidence.endpoints ?? [], &page)
    } else {
      page.element(
        "p", "class=\"quiet\"",
        "Only the record was kept: the problem had filled its share of that minute. Its first incident has more.")
    }
    changes(&page)
  }

  private func firstBytes(_ bytes: FirstBytes, _ page: inout HTMLWriter) {
    let looks = bytes.looksLike.map { "They look like \($0)." } ?? "They look like HTTP."
    let count = DashboardText.count(bytes.count, "byte")
    page.element("h3", "", bytes.isCut ? "The first \(count) that came" : "All \(count) that came")
    page.element("p", "class=\"quiet\"", looks)
    page.command(bytes.text)
  }

  private func facts(_ evidence: Evidence) -> [Fact] {
    var facts: [Fact] = []
    func add(_ name: String, _ value: String?) { if let value { facts.append(Fact(name, value)) } }
    let received = evidence.receivedLength.map { "\(DashboardText.count($0)) bytes received" }
    let declared = evidence.declaredLength.map { "\(DashboardText.count($0)) declared" }
    let body = [declared, received].compactMap { $0 }.joined(separator: ", ")
    add("Body", body.isEmpty ? nil : body)
    add("Limits", evidence.timeouts.map(limits))
    add("Load", evidence.load.map(load))
    add("DNS", evidence.resolution.map(resolution))
    add("TLS", evidence.tls.map(handshake))
    for certificate in evidence.tls?.chain ?? [] { add("Certificate", shown(certificate)) }
    add("HTTP/2", evidence.http2.map { [$0.code, $0.rule].compactMap { $0 }.joined(separator: ", ") })
    return facts
  }

  private func limits(_ timeouts: TimeoutsInForce) -> String {
    [
      ("connect", timeouts.connect), ("response head", timeouts.responseHead), ("request", timeouts.request),
      ("body idle", timeouts.bodyIdle), ("pool idle", timeouts.poolIdle), ("queue", timeouts.queue),
    ].map { "\($0.0) \(Shown.duration($0.1))" }.joined(separator: ", ")
  }

  private func load(_ load: UpstreamLoad) -> String {
    let held = load.heldBackBy.map { "; held back by the \($0) limit" } ?? ""
    return "\(load.requests) of \(load.requestsMax) requests, \(load.queued) of \(load.queueMax) waiting, "
      + "\(load.connections) of \(load.connectionsMax) connections\(held)"
  }

  private func resolution(_ resolution: ResolutionEvidence) -> String {
    let code = resolution.responseCode.map { "\($0), " } ?? ""
    let addresses = resolution.addresses.prefix(8).joined(separator: ", ")
    return "\(resolution.name): \(code)\(addresses.isEmpty ? "no address" : addresses)"
  }

  private func handshake(_ tls: TLSEvidence) -> String {
    let alert = tls.alert.map { "alert \($0.name ?? "unknown") (\($0.number))" }
    let parts = [
      tls.nameWanted.map { "\($0) was wanted" }, tls.version, tls.cipher, alert, tls.reason,
      tls.faults.isEmpty ? nil : tls.faults.joined(separator: ", "),
    ]
    let told = parts.compactMap { $0 }.joined(separator: "; ")
    return told.isEmpty ? "nothing was seen" : told
  }

  private func shown(_ certificate: CertificateEvidence) -> String {
    let names = certificate.names.prefix(8).joined(separator: ", ")
    return "\(certificate.subject)\(names.isEmpty ? "" : " for \(names)"); issued by \(certificate.issuer); valid "
      + "\(DashboardText.day(certificate.notBefore)) to \(DashboardText.day(certificate.notAfter))"
  }

  // MARK: Lists

  private func endpoints(_ endpoints: [EndpointCondition], _ page: inout HTMLWriter) {
    guard !endpoints.isEmpty else { return }
    page.element("h3", "", "Endpoints at that moment")
    DataTable(
      caption: "Endpoints at that moment",
      columns: [
        .init("Endpoint"), .init("State"), .init("Last answered"), .init("Last failed"),
        .init("Failures in a row", isNumber: true),
      ],
      rows: endpoints.prefix(Self.listedMax).map { endpoint in
        let state = endpoint.standing.flatMap(EndpointDocument.State.init) ?? .healthy
        let cause = endpoint.lastFailureCause.map { " with \($0)" } ?? ""
        return [
          .written { $0.element("code", "", endpoint.endpoint) },
          .written { Badge(state.rawValue, state.tone).write(to: &$0) },
          .text(endpoint.lastSuccessMs.map { "\(Shown.duration($0)) before" } ?? "never"),
          .text(endpoint.lastFailureMs.map { "\(Shown.duration($0)) before\(cause)" } ?? "never"),
          .text("\(endpoint.failuresInARow)"),
        ]
      }
    ).write(to: &page)
  }

  private func changes(_ page: inout HTMLWriter) {
    page.element("h3", "", "Changes in the ten minutes before")
    guard !answer.changes.isEmpty else { return page.element("p", "class=\"quiet\"", "None.") }
    page.within("ul") { page in
      for change in answer.changes.prefix(Self.listedMax) {
        let before = answer.incident.time.map { "\(Shown.duration(Double($0 - min($0, change.time)))) before: " } ?? ""
        let upstream = change.upstream.map { " (upstream \($0))" } ?? ""
        page.element("li", "", "\(before)\(change.kind.told), \(change.text)\(upstream)")
      }
    }
  }
}
