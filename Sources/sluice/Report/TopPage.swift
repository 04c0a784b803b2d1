import Foundation
import SluiceAdmin

/// One picture of a gateway for a terminal.
struct TopPage {
  let look: TopLook
  let screen: Screen
  /// Lines that there are; nil: as many as are needed.
  let height: Int?
  /// Minutes of a problem's rate that are drawn.
  private static let minutes = 15

  var lines: [String] {
    let head = [title] + warnings + [trafficLine, ""]
    let endpoints = endpointLines
    guard let height else {
      return head + problemLines(max: look.problems.count, spare: .max) + [""] + endpoints
    }
    // Problems come first, but never push all endpoints out.
    let room = max(height - head.count - 1, 4)
    let share = max(room - endpoints.count, room / 2)
    let count = max((share - 1) / 2, 1)
    let brief = problemLines(max: count, spare: 0)
    // What would stay empty tells the verdicts whole, and the keys.
    let spare = max(room - brief.count - endpoints.count, 0)
    let problems = problemLines(max: count, spare: max(spare - Self.keys.count, 0))
    let left = max(room - problems.count, 0)
    if left >= endpoints.count + Self.keys.count {
      return head + problems + [""] + endpoints + Self.keys.map { screen.paint($0, .dim) }
    }
    // In a very low terminal how an upstream stands says more than the titles of columns.
    return head + problems + [""] + Self.cut(left > 2 ? endpoints : Array(endpoints.dropFirst()), to: left)
  }

  private static let keys = ["", "q ends; a new picture comes each second"]

  private static func cut(_ lines: [String], to count: Int) -> [String] {
    guard lines.count > count, count > 1 else { return Array(lines.prefix(count)) }
    return lines.prefix(count - 1) + ["and \(lines.count - count + 1) more"]
  }

  // MARK: The gateway

  private var title: String {
    let status = look.status
    var parts = [
      "\(PlainText.shown(status.name)) \(PlainText.shown(status.version))",
      "up \(Amounts.about(Double(status.uptimeMs)))", "generation \(status.generation)",
      Amounts.count(status.counts.clientConnections, "client"), "\(status.counts.exchanges) under way",
    ]
    if let memory = status.process.memoryBytes { parts.append("\(memory >> 20) MiB") }
    let text = PlainText.cut(parts.joined(separator: ", "), width: screen.width, ellipsis: screen.ellipsis)
    return screen.paint(text, .bold)
  }

  private var warnings: [String] {
    let status = look.status
    var warnings: [String] = []
    if status.isDraining { warnings.append("draining: it ends when what is under way has ended") }
    if status.store.state == .failing { warnings.append("incidents are not stored: see the gateway's log") }
    if let reload = status.reload, reload.outcome == .refused {
      warnings.append("the last reload was refused: " + PlainText.shown(reload.reason ?? "see the gateway's log"))
    }
    let dropped = status.drops.incidents + status.drops.logLines + status.drops.alerts
    if dropped > 0 { warnings.append("\(dropped) log lines, incidents or alerts were dropped since the start") }
    return warnings.map {
      screen.paint(PlainText.cut($0, width: screen.width, ellipsis: screen.ellipsis), .yellow)
    }
  }

  private var trafficLine: String {
    guard let minute = look.traffic.windows.first else { return "" }
    let seconds = max(Double(minute.countedMs) / 1000, 1)
    let all = minute.statuses.values.reduce(0, +)
    var parts = [Self.rate(Double(all) / seconds) + " requests/s"]
    if let p50 = minute.upstreams.latency.p50, let p99 = minute.upstreams.latency.p99 {
      parts.append("p50 \(Self.time(p50)), p99 \(Self.time(p99))")
    }
    let statuses = minute.statuses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
    parts += statuses.map { "\(PlainText.shown($0.key)): \($0.value)" }
    let text = "last minute: " + parts.joined(separator: ", ")
    return PlainText.cut(text, width: screen.width, ellipsis: screen.ellipsis)
  }

  private static func rate(_ value: Double) -> String { String(format: value < 10 ? "%.1f" : "%.0f", value) }

  /// In five columns.
  private static func time(_ milliseconds: Double) -> String {
    if milliseconds < 10 { return String(format: "%.1f ms", milliseconds) }
    return milliseconds < 1000
      ? String(format: "%.0f ms", milliseconds) : String(format: "%.1f s", milliseconds / 1000)
  }

  // MARK: Problems

  /// Milliseconds without a failure after which a problem is told as quiet: it may be over, and counts as that after
  /// some minutes.
  private static let quietSpan: Int64 = 60_000

  private func isQuiet(_ problem: ProblemDocument) -> Bool { look.status.time - problem.lastSeen >= Self.quietSpan }

  /// - Parameter spare: lines that they may take beside two for each.
  private func problemLines(max count: Int, spare: Int) -> [String] {
    guard !look.problems.isEmpty else {
      let text = look.status.store.state == .off ? "Problems are not known: nothing is kept." : "No problem goes on."
      return [screen.paint(text, look.status.store.state == .off ? .dim : .green)]
    }
    let title = Amounts.count(look.problems.count, "problem")
    let more = look.problems.count > count ? ", \(look.problems.count - count) of them not shown" : ""
    let isOne = look.problems.count == 1
    let areQuiet = look.problems.allSatisfy(isQuiet)
    let state = areQuiet ? (isOne ? " is quiet" : " are quiet") : (isOne ? " goes on" : " go on")
    var lines = [screen.paint(title + state + more, areQuiet ? .yellow : .boldRed)]
    var left = spare
    for problem in look.problems.prefix(count) {
      let (brief, whole) = (self.lines(problem), wholeLines(problem))
      let isWhole = whole.count - brief.count <= left
      if isWhole { left -= max(whole.count - brief.count, 0) }
      lines += isWhole ? whole : brief
    }
    return lines
  }

  private func lines(_ problem: ProblemDocument) -> [String] {
    let bars = SparkLine(
      problem.rate.counts.suffix(Self.minutes).map { Int(clamping: $0) }, hasUnicode: screen.hasUnicode
    ).text
    let place = [problem.place.upstream, problem.place.endpoint].compactMap { $0 }.map { PlainText.shown($0) }
    let since = Amounts.about(Double(look.status.time - problem.firstSeen))
    let quiet = isQuiet(problem) ? ", quiet for \(Amounts.about(Double(look.status.time - problem.lastSeen)))" : ""
    let right = "\(problem.lastMinute)/min \(bars)"
    let left =
      "\(PlainText.shown(problem.cause)) at \(place.isEmpty ? "-" : place.joined(separator: " ")), for \(since)\(quiet)"
    let room = max(screen.width - PlainText.width(right) - 1, 10)
    let cut = PlainText.cut(left, width: room, ellipsis: screen.ellipsis)
    return [
      screen.paint(PlainText.padded(cut, width: room), isQuiet(problem) ? .yellow : .red) + " " + right,
      "  "
        + PlainText.cut(Self.verdict(problem), width: max(screen.width - 2, 10), ellipsis: screen.ellipsis),
    ]
  }

  private static func verdict(_ problem: ProblemDocument) -> String {
    PlainText.shown(problem.verdict.map { "\($0.who): \($0.sentence)" } ?? problem.sentence)
  }

  /// With the verdict uncut, and what to do next.
  private func wholeLines(_ problem: ProblemDocument) -> [String] {
    let next = problem.verdict.map { "Next: " + PlainText.shown($0.next) }
    return lines(problem).prefix(1)
      + [Self.verdict(problem), next].compactMap { $0 }.flatMap {
        WordWrap.lines($0, width: screen.width, first: "  ", rest: "  ")
      }
  }

  // MARK: Endpoints

  private static let columns = [
    Table.Column(title: "ENDPOINT", narrowest: 12), Table.Column(title: "STATE", usual: 9),
    Table.Column(title: "REQ", isRight: true), Table.Column(title: "CONN", isRight: true),
    Table.Column(title: "/S", isRight: true, usual: 4), Table.Column(title: "P50", isRight: true, usual: 6),
    Table.Column(title: "P99", isRight: true, usual: 6), Table.Column(title: "FAILED", isRight: true),
    Table.Column(title: "WHY", narrowest: 6),
  ]
  /// Columns of the terminal below which only the state, the rate and the failures of an endpoint are shown.
  private static let wholeWidth = 76

  private var endpointLines: [String] {
    let isWhole = screen.width >= Self.wholeWidth
    let chosen = isWhole ? Array(Self.columns.indices) : [0, 1, 4, 7]
    let table = Table(columns: chosen.map { Self.columns[$0] }, yielding: isWhole ? [8, 0] : [0])
    let rows = look.upstreams.map { upstream in
      (upstream, upstream.endpoints.map { endpoint in chosen.map { Self.row(endpoint)[$0] } })
    }
    let widths = table.widths(for: rows.flatMap(\.1), screen: screen)
    return [table.head(widths, screen: screen)]
      + rows.flatMap { upstream, rows in
        [line(upstream)] + rows.map { table.line($0, widths, screen: screen) }
      }
  }

  private func line(_ upstream: UpstreamDocument) -> String {
    var parts = ["\(upstream.available) of \(upstream.endpoints.count) available"]
    if upstream.isFailing { parts = ["failing, \(parts[0]), given requests all the same"] }
    if upstream.load.queued > 0 { parts.append("\(upstream.load.queued) waiting") }
    if upstream.retry.replays > 0 { parts.append("\(upstream.retry.replays) of \(upstream.retry.replaysMax) retries") }
    if upstream.isPanicMode { parts.append("panic: all are used because none is available") }
    let text = "\(PlainText.shown(upstream.name)): " + parts.joined(separator: ", ")
    return screen.paint(
      PlainText.cut(text, width: screen.width, ellipsis: screen.ellipsis),
      upstream.available == 0 || upstream.isFailing ? .boldRed : .bold)
  }

  private static func why(_ endpoint: EndpointDocument) -> String {
    if endpoint.isFailing { return endpoint.lastFailureCause ?? "" }
    return endpoint.state == .healthy ? "" : endpoint.reason ?? ""
  }

  private static func row(_ endpoint: EndpointDocument) -> [Table.Cell] {
    let minute = endpoint.lastMinute
    let failed = minute.gatewayFailures + minute.applicationFailures
    let ink: Ink? =
      switch endpoint.state {
      case .healthy: endpoint.isFailing ? .red : .green
      case .returning, .draining: .yellow
      case .ejected, .unhealthy: .red
      }
    return [
      Table.Cell("  " + PlainText.shown(endpoint.endpoint)),
      Table.Cell(endpoint.isFailing ? "failing" : endpoint.state.rawValue, ink),
      Table.Cell("\(endpoint.requests)"), Table.Cell("\(endpoint.connectionsInUse + endpoint.connectionsIdle)"),
      Table.Cell(rate(minute.perSecond)), Table.Cell(minute.latency.p50.map(time) ?? "-"),
      Table.Cell(minute.latency.p99.map(time) ?? "-"), Table.Cell("\(failed)", failed > 0 ? .red : nil),
      Table.Cell(PlainText.shown(why(endpoint))),
    ]
  }
}
