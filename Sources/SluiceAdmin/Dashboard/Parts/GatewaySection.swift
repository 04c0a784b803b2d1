internal import SluiceDiagnosis

/// The gateway itself: what runs, since when, with which configuration, and what it had to drop.
struct GatewaySection {
  let status: StatusDocument

  init(_ status: StatusDocument) { self.status = status }

  func write(to page: inout HTMLWriter) {
    page.element("h2", "id=\"gateway-title\"", "The gateway")
    page.facts(facts, "facts wide")
    guard !status.listeners.isEmpty else { return }
    DataTable(
      caption: "Listeners",
      columns: [.init("Listener"), .init("TLS"), .init("Connections", isNumber: true), .init("Certificates")],
      rows: status.listeners.map { listener in
        [
          .written { $0.element("code", "", listener.address) }, .text(listener.isTLS ? "yes" : "no"),
          .text("\(DashboardText.count(listener.connections)) of \(DashboardText.count(listener.connectionsMax))"),
          .written { certificates(listener.certificates, &$0) },
        ]
      }
    ).write(to: &page)
  }

  private func certificates(_ certificates: [CertificateDocument], _ page: inout HTMLWriter) {
    guard !certificates.isEmpty else { return page.text("none") }
    page.within("ul", "class=\"plain\"") { page in
      for certificate in certificates {
        page.within("li") { page in
          page.text((certificate.names?.first ?? certificate.subject) + " ")
          CertificateBadge.badge(certificate).write(to: &page)
        }
      }
    }
  }

  private var facts: [Fact] {
    let (process, counts) = (status.process, status.counts)
    let version = "\(status.version), process \(process.id), " + DashboardText.count(status.workers, "worker")
    return [
      Fact("Version", version),
      Fact("Running for") { page in
        page.element(
          "time", "datetime=\"\(DashboardText.stamp(status.startedAt))\"",
          DashboardText.span(Double(status.uptimeMs)))
      },
      Fact("Configuration", "generation \(status.generation), \(reload)"),
      Fact("Clients' connections", DashboardText.count(counts.clientConnections)),
      Fact(
        "Endpoints' connections",
        "\(DashboardText.count(counts.endpointConnections)), \(DashboardText.count(counts.idleConnections)) idle"),
      Fact("Exchanges since the start", DashboardText.count(counts.exchangesTotal)),
      Fact("Memory", process.memoryBytes.map(DashboardText.bytes) ?? "–"),
      Fact("Descriptors", descriptors), Fact("Incidents", store), Fact("Dropped", dropped),
    ]
  }

  private var reload: String {
    guard let reload = status.reload else { return "not reloaded yet" }
    let outcome = reload.outcome == .applied ? "reloaded" : "a reload was refused"
    return "\(outcome) \(DashboardText.ago(reload.time, at: status.time))"
  }

  private var descriptors: String {
    guard let open = status.process.descriptors else { return "–" }
    return DashboardText.count(open) + (status.process.descriptorsMax.map { " of \(DashboardText.count($0))" } ?? "")
  }

  private var store: String {
    let store = status.store
    switch store.state {
    case .off: return "not kept"
    case .failing: return "cannot be stored"
    case .working:
      let size = store.bytes.map { ", \(DashboardText.bytes($0))" } ?? ""
      let most = store.bytesMax.map { " of \(DashboardText.bytes($0))" } ?? ""
      return (store.incidents.map { DashboardText.count($0, "incident") } ?? "none yet") + size
        + (size == "" ? "" : most)
    }
  }

  private var dropped: String {
    let drops = status.drops
    let parts = [(drops.logLines, "log line"), (drops.incidents, "incident"), (drops.alerts, "alert")]
      .filter { $0.0 > 0 }.map { DashboardText.count($0.0, $0.1) }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}
