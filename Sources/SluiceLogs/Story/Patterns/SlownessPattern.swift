internal import SluiceCore
internal import SluiceDiagnosis

/// What does not answer in time: an application that hangs, one slow path, more requests than can be served, or a
/// machine that does not answer at all.
enum SlownessPattern {
  /// The part of the failures, 0 to 1, that lies at one path where that path is slow.
  static let pathShareMin = 0.8
  /// Failures from which on shares say something.
  static let countMin = 5
  /// The part of a time, 0 to 1, by which durations differ and still are one limit.
  static let tolerance = 0.05

  static func find(_ facts: ProblemFacts) -> Finding? {
    let draft = facts.draft
    guard [.late, .crowded].contains(Strand(draft.root.cause)) || draft.root.cause == .backlogFull else { return nil }
    let unconnected = draft.count(.connectTimeout, .backlogFull)
    let unanswered = draft.count(.responseHeaderTimeout, .requestDeadline, .writeTimeout, .bodyIdleTimeout)
    let crowded = draft.count { Strand($0) == .crowded }
    if crowded > 0, unanswered + unconnected > 0 { return overload(facts, crowded, unconnected, unanswered) }
    if unanswered > 0, unconnected > 0 { return overload(facts, crowded, unconnected, unanswered) }
    if draft.root.cause == .backlogFull { return overload(facts, 0, unconnected, 0) }
    if crowded > 0 { return queues(facts) }
    if unconnected > 0, unanswered == 0 { return silent(facts) }
    if unanswered >= countMin, facts.requests != nil, facts.servedDuring == 0, facts.others.isEmpty {
      return hung(facts)
    }
    return slow(facts)
  }

  private static func overload(_ facts: ProblemFacts, _ crowded: Int, _ unconnected: Int, _ unanswered: Int) -> Finding
  {
    var signs: [String] = []
    if unanswered > 0 { signs.append("\(count(unanswered, "answer")) not sent in time") }
    if unconnected > 0 { signs.append("\(count(unconnected, "connection")) not accepted in time") }
    if crowded > 0 { signs.append("\(count(crowded, "request")) not given a place") }
    return Finding(
      .overload, .likely,
      "\(facts.blamed) could not keep up \(facts.wholeSpan): " + signs.joined(separator: ", ") + "; \(facts.failed)",
      next: "See what the application was busy with \(facts.wholeSpan): its log, its processor time, its database.",
      facts.counts + [limit(facts), path(facts), facts.during, gaveUp(facts), facts.recurrence, facts.chained],
      also: [
        Candidate(.slowApplication, .possible, path(facts) ?? "Answers that take long fill every place in the end.")
      ])
  }

  private static func queues(_ facts: ProblemFacts) -> Finding {
    let queueing = facts.draft.runs.compactMap { $0.queueing.median }.max()
    return Finding(
      .overload, .possible,
      "More requests came to \(facts.place) than it is given at a time, \(facts.wholeSpan): they waited for a place or "
        + "were refused; \(facts.failed)",
      next: "See whether answers became slower then; if not, raise the limit of connections to \(facts.place).",
      facts.counts + [
        queueing.map { "They waited for \(Shown.duration($0)) in the middle." }, facts.during, facts.recurrence,
      ],
      also: [Candidate(.limitTooLow, .possible, "No answer was late: the limit itself may be too low.")])
  }

  /// Connections are not even accepted: a machine that is gone, packets that are dropped, or a full accept queue.
  private static func silent(_ facts: ProblemFacts) -> Finding {
    let answers = (facts.servedDuring ?? 0) > 0
    if answers {
      return Finding(
        observed: .connectTimeout, .possible,
        "\(facts.blamed) accepted some connections and left others waiting \(facts.wholeSpan): its accept queue is "
          + "full, or packets are lost; \(facts.failed)",
        next: "On the endpoint's machine, look for overflows of the accept queue: `nstat -az TcpExtListenOverflows`.",
        facts.counts + [facts.during, facts.othersServed, facts.recurrence, facts.chained],
        also: [Candidate(.overload, .possible, facts.during), Candidate(.packetsDropped, .possible)])
    }
    let before = (facts.servedBefore ?? 0) > 0
    return Finding(
      .packetsDropped, facts.requests != nil ? .likely : .possible,
      "Nothing answers at \(facts.blamed) \(facts.wholeSpan), not even to refuse: the machine is gone, or something on "
        + "the way drops packets; \(facts.failed)",
      next: before
        ? "See whether the machine of \(facts.place) runs, and what changed at firewalls and routes then."
        : "See whether the address is right, the machine runs, and a firewall lets the port through.",
      facts.counts + [facts.before, facts.during, facts.othersServed, facts.recurrence, facts.chained],
      also: [Candidate(.overload, .possible, "An accept queue that is full stays silent in the same way.")])
  }

  private static func hung(_ facts: ProblemFacts) -> Finding {
    Finding(
      .applicationHung, .likely,
      "\(facts.place) took connections and answered nothing \(facts.wholeSpan); \(facts.failed)",
      next: "See what the application waits for: its stacks or threads, its database, its pool of connections.",
      facts.counts + [limit(facts), facts.before, facts.during, facts.after, gaveUp(facts), facts.chained],
      also: [Candidate(.slowDependency, .possible, "What everything waits for would look the same.")])
  }

  private static func slow(_ facts: ProblemFacts) -> Finding {
    let draft = facts.draft
    let isPath = path(facts) != nil
    let top = topPath(draft)
    let subject = facts.subject(.late, .crowded)
    let what = isPath ? "\(top.map { Shown.text($0.name) } ?? "") at \(subject.text)" : subject.text
    let takes = isPath ? "takes" : subject.verb("takes", "take")
    let late = draft.count { [.late, .crowded].contains(Strand($0)) }
    let waits = limitOf(facts).map { "longer than the \(Shown.duration($0)) that \(facts.title) waits" }
    return Finding(
      .slowApplication, late >= countMin ? .likely : .possible,
      "\(what) \(takes) \(waits ?? "longer than \(facts.title) waits") for an answer, \(facts.wholeSpan); "
        + facts.failed(so: late, "late"),
      next: isPath
        ? "See in the application's log what \(top.map { Shown.text($0.name) } ?? "the path") waits for at that time."
        : "See in the application's log what its requests waited for \(facts.wholeSpan).",
      facts.counts + [
        limit(facts), path(facts), facts.during, facts.othersServed, gaveUp(facts), facts.recurrence, facts.chained,
      ],
      also: [
        gaveUp(facts).map { Candidate(.timeoutLadder, .possible, $0) },
        isPath
          ? nil
          : Candidate(
            .slowDependency, .possible,
            paths(draft).total >= countMin
              ? "The paths that are late differ." : "What the application waits for would look the same."),
      ].compactMap { $0 })
  }

  /// `1 answer was`, `20 answers were`.
  private static func count(_ count: Int, _ what: String) -> String {
    "\(Numbers.plain(count)) \(what)" + (count == 1 ? " was" : "s were")
  }

  // MARK: Facts

  private static func paths(_ draft: ProblemDraft) -> NameCounts {
    draft.runs.reduce(into: NameCounts()) { paths, run in
      if [.late, .crowded].contains(Strand(run.key.cause)) { paths.add(run.paths) }
    }
  }

  private static func topPath(_ draft: ProblemDraft) -> (name: String, count: Int)? {
    let paths = paths(draft)
    guard let top = paths.top, paths.total >= countMin, Double(top.count) >= pathShareMin * Double(paths.total) else {
      return nil
    }
    return top
  }

  private static func path(_ facts: ProblemFacts) -> String? {
    topPath(facts.draft).map { "\(Numbers.plain($0.count)) of them asked for \(Shown.text($0.name))." }
  }

  /// The time at which nearly all that were late ended: what the proxy was told to wait.
  private static func limitOf(_ facts: ProblemFacts) -> Double? {
    var durations = DurationCounts()
    for run in facts.draft.runs where Strand(run.key.cause) == .late { durations.add(run.durations) }
    guard durations.total >= 2, let found = durations.concentration(tolerance: tolerance), found.part >= 0.8,
      found.milliseconds >= 500
    else { return nil }
    return found.milliseconds
  }

  private static func limit(_ facts: ProblemFacts) -> String? {
    let isAll = facts.draft.count { Strand($0) == .late } == facts.draft.count
    let which = isAll ? "Nearly all" : "Nearly all that were late"
    return limitOf(facts).map { "\(which) ended after about \(Shown.duration($0)), which is the proxy's limit." }
  }

  private static func gaveUp(_ facts: ProblemFacts) -> String? {
    let aborted = facts.draft.waiting
    let count = aborted.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    var durations = DurationCounts()
    for run in aborted { durations.add(run.durations) }
    let at = durations.concentration(tolerance: tolerance).map { " after about \(Shown.duration($0.milliseconds))" }
    return "\(Numbers.count(count, "client", "clients")) gave up before\(at ?? "")."
  }
}
