internal import SluiceIncidents

/// What the gateway itself had recorded.
enum GatewayRecordStep {
  /// Problems that are told.
  private static let problemsMax = 4

  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    guard let record = examination.gatewayRecord?.value else {
      return [StepReport.absence(of: examination.gatewayRecord, what: "The store")].compactMap { $0 }
    }
    guard !record.problems.isEmpty else {
      return [StepReport.Finding(.fine, "It has recorded no problem here in the last ten minutes.")]
    }
    var findings = record.problems.prefix(problemsMax).map { finding($0, at: examination.time) }
    if record.problems.count > problemsMax {
      findings.append(StepReport.Finding(.warning, "And \(record.problems.count - problemsMax) other problems."))
    }
    if let id = record.example?.record.id {
      findings.append(StepReport.Finding(.warning, "The latest incident: `sluice why \(Shown.text(id, limit: 26))`."))
    }
    return findings
  }

  private static func finding(_ problem: Problem, at now: Int64) -> StepReport.Finding {
    let cause = Shown.text(problem.key.cause, limit: 40)
    let count = Shown.count(Int(clamping: problem.count), "incident", "incidents")
    let since = "since \(Shown.clock(problem.firstSeen)), the last \(Shown.span(from: problem.lastSeen, to: now)) ago"
    let spared = problem.absorbed == problem.count ? "; no client noticed" : ""
    guard problem.state == .ongoing else {
      return StepReport.Finding(.warning, "\(cause): \(count) \(since), over\(spared).")
    }
    return StepReport.Finding(
      problem.absorbed == problem.count ? .warning : .failing,
      "\(cause): \(count) \(since), \(problem.lastMinute) in the last minute\(spared).")
  }
}
