internal import SluiceCore
internal import SluiceDiagnosis

/// Connections that the application closes after the same time again and again: a limit of its own.
enum WorkerTimeoutPattern {
  static let countMin = 5
  /// The part of the failures, 0 to 1, that ended after the same time.
  static let shareMin = 0.8
  /// Milliseconds below which no program gives up on a request.
  static let limitMin = 900.0

  static func find(_ facts: ProblemFacts) -> Finding? {
    guard Strand(facts.draft.root.cause) == .broken else { return nil }
    var durations = DurationCounts()
    for run in facts.draft.runs where Strand(run.key.cause) == .broken { durations.add(run.durations) }
    guard durations.total >= countMin, let found = durations.concentration(tolerance: SlownessPattern.tolerance),
      found.part >= shareMin, found.milliseconds >= limitMin
    else { return nil }
    let limit = Shown.duration(found.milliseconds)
    return Finding(
      .workerTimeout, .likely,
      "\(facts.application) gives up on requests after about \(limit), \(facts.wholeSpan): a limit of "
        + "its own ends them; \(facts.failed)",
      next: "Look for a limit of \(limit) in the application's own settings, and for what these requests wait for.",
      [
        "\(Numbers.plain(Int((found.part * Double(durations.total)).rounded()))) of \(Numbers.plain(durations.total)) "
          + "broke after \(limit), within 5 %."
      ] + facts.counts + [facts.during, facts.recurrence, facts.chained],
      also: [Candidate(.slowApplication, .possible, "They took \(limit) and were not done.")])
  }
}
