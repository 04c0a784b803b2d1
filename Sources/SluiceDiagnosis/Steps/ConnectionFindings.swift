internal import SluiceIncidents

/// Which addresses of an endpoint take connections.
enum ConnectionFindings {
  /// Addresses that are told one by one.
  static let told = 6

  static func of(_ examination: Examination) -> [StepReport.Finding] {
    if let absence = StepReport.absence(of: examination.connections, what: "Whether it takes connections") {
      return [absence]
    }
    let connections = examination.connections?.value ?? []
    let isAnyOpen = connections.contains { $0.cause == nil }
    // What fails comes first where it all fails, and last where another address serves.
    let order = connections.filter { $0.cause == nil } + connections.filter { $0.cause != nil }
    var findings = order.prefix(told).map { finding($0, isAnyOpen: isAnyOpen) }
    if connections.contains(where: \.isOurListener) {
      findings.append(StepReport.Finding(.warning, "The gateway itself listens at this address."))
    }
    if order.count > told {
      findings.append(StepReport.Finding(.warning, "\(order.count - told) more addresses are not shown here."))
    }
    return findings
  }

  private static func finding(_ seen: ConnectionSeen, isAnyOpen: Bool) -> StepReport.Finding {
    if let failed = ConnectionConclusions.sentence(seen) {
      return StepReport.Finding(isAnyOpen ? .warning : .failing, "No connection to \(failed)")
    }
    let way = seen.route.map { ", route \(Shown.text($0, limit: 48))" } ?? ""
    return StepReport.Finding(
      .fine, "\(Shown.text(seen.address, limit: 64)) takes a connection within \(Shown.duration(seen.tookMs))\(way).")
  }
}
