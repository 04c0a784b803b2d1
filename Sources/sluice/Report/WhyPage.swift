import SluiceDiagnosis
import SluiceIncidents

/// One incident explained: the verdict, what happened, the evidence, what to check.
///
struct WhyPage {
  /// Changes that are listed.
  static let changesMax = 8
  /// Endpoints of the upstream that are listed.
  static let endpointsMax = 12

  let incident: Incident
  let diagnosis: Diagnosis
  /// Of the ten minutes before, the latest first: those that the gateway knew, and what the store knows beside them.
  let changes: [Change]
  /// Unix time in milliseconds.
  let now: Int64
  let screen: Screen
  /// What the gateway saw when it looked at the endpoint by itself; nil: it did not look at that time.
  var examination: Examination?

  /// Columns of the names before the facts.
  private static let nameWidth = 13

  func lines() -> [String] {
    let sections: [[String]] = [
      verdict, section("What happened", request), attempts, section("Evidence", evidence),
      parts.explanations, looked, parts.checks,
    ]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var parts: DiagnosisLines { DiagnosisLines(diagnosis: diagnosis, screen: screen) }

  private var verdict: [String] {
    // What was observed stands on the first line too where a root cause explains it.
    parts.verdict(observed: incident.toldCause.flatMap { $0 == diagnosis.verdict.cause ? nil : $0 })
  }

  // MARK: What was looked at

  /// The steps that found something, when the gateway looked by itself.
  private var looked: [String] {
    guard let examination else { return [] }
    let steps = Step.allCases.filter { $0 != .gatewayRecord }.compactMap { StepReport.of($0, in: examination) }
    let lines = steps.filter { $0.mark != .notRun }.flatMap { StepLines(screen: screen).lines($0) }
    return section("What the gateway saw at \(Moments.clock(examination.time)) UTC", lines)
  }

  // MARK: What happened

  private var request: [String] {
    let record = incident.record
    var lines = fact("request", requestLine)
    lines += fact("time", record.time.isEmpty ? nil : timeText)
    lines += fact("client", client)
    lines += fact("answer", answer)
    lines += fact("went to", way)
    if let rule = record.rule { lines += fact("broken rule", PlainText.shown(rule)) }
    lines += fact("ID", PlainText.shown(record.id))
    if let trace = record.traceId { lines += fact("trace", PlainText.shown(trace)) }
    if let request = record.clientRequestId { lines += fact("request ID", PlainText.peer(request) + " (the client's)") }
    return lines
  }

  private var requestLine: String? {
    let record = incident.record
    guard record.method != nil || record.path != nil else { return "none that could be read" }
    let target = [
      record.scheme.map { PlainText.peer($0) + "://" } ?? "", PlainText.peer(record.host ?? ""),
      PlainText.peer(record.path ?? ""), record.query.map { "?" + PlainText.peer($0) } ?? "",
    ].joined()
    let version = record.httpVersion.map { " " + PlainText.shown($0) } ?? ""
    return PlainText.peer(record.method ?? "") + " " + target + version
  }

  private var timeText: String {
    guard let time = incident.time else { return PlainText.shown(incident.record.time) }
    return "\(Moments.full(time)), \(Amounts.ago(time, now: now))"
  }

  private var client: String? {
    let record = incident.record
    guard let client = record.client else { return nil }
    let listener = record.listener.map { ", on " + PlainText.shown($0) } ?? ""
    let agent = record.userAgent.map { ", " + PlainText.peer($0, limit: 120) } ?? ""
    return PlainText.shown(client) + listener + agent
  }

  private var answer: String {
    let record = incident.record
    let bytes = "\(Amounts.bytes(record.bytesIn)) in, \(Amounts.bytes(record.bytesOut)) out"
    let took = "after \(Amounts.milliseconds(record.totalMs))"
    let said: String
    if record.status == 0 {
      said = "none, the connection was cut"
    } else if record.isAborted == true {
      said = "\(record.status), and cut in the middle"
    } else if incident.kind == .absorbed {
      said = "\(record.status), the client noticed nothing"
    } else if record.isGenerated == true {
      said = "\(record.status), made by the gateway"
    } else {
      said = "\(record.status), the application's own, passed on"
    }
    return "\(said), \(took); \(bytes)"
  }

  private var way: String? {
    let record = incident.record
    let route = record.route.map { "route " + PlainText.shown($0) }
    let upstream = record.upstream.map { "upstream " + PlainText.shown($0) }
    let parts = [route, upstream].compactMap { $0 }
    return parts.isEmpty ? "no route" : parts.joined(separator: ", ")
  }

  // MARK: Parts of a page

  func section(_ title: String, _ lines: [String]) -> [String] { parts.section(title, lines) }

  /// `  name        text`, wrapped below itself; nothing for nil.
  func fact(_ name: String, _ text: String?) -> [String] {
    guard let text else { return [] }
    let head = "  " + PlainText.padded(name, width: Self.nameWidth)
    let indent = String(repeating: " ", count: head.count)
    return WordWrap.lines(text, width: screen.width, first: head, rest: indent)
  }
}
