internal import SluiceCore
internal import SluiceDiagnosis

/// Clients that give up after the same time again and again: something in front waits for less than an answer takes.
enum LadderPattern {
  /// Clients that left, from which on their times say something.
  static let countMin = 5
  /// The part of them, 0 to 1, that left after the same time.
  static let shareMin = 0.8
  /// Milliseconds below which a client did not wait for anything.
  static let waitMin = 900.0

  /// Milliseconds after which the clients of a run left, where that was one time.
  static func limit(of run: FailureRun) -> Double? {
    guard run.key.cause == .clientAborted, run.durations.total >= countMin,
      let found = run.durations.concentration(tolerance: SlownessPattern.tolerance), found.part >= shareMin,
      found.milliseconds >= waitMin
    else { return nil }
    return found.milliseconds
  }

  static func find(_ facts: ProblemFacts) -> Finding? {
    guard facts.draft.root.cause == .clientAborted else { return nil }
    let limit = facts.draft.runs.compactMap(limit).first
    guard let limit else { return nil }
    let count = Numbers.plain(facts.draft.count)
    return Finding(
      .timeoutLadder, .likely,
      "\(count) clients of \(facts.place) left after about \(Shown.duration(limit)) \(facts.wholeSpan): they, or a "
        + "proxy in front, wait for less than the answer takes",
      next: "Find what waits \(Shown.duration(limit)) in front of \(facts.title), and why the answer takes longer.",
      facts.counts + ["Nearly all of them left at the same time after they asked.", facts.during, facts.recurrence],
      also: [
        Candidate(.slowApplication, .possible, "Their answers took longer than \(Shown.duration(limit))."),
        Candidate(.clientTimeout, .possible, "A program with a limit of its own leaves like that."),
      ])
  }
}
