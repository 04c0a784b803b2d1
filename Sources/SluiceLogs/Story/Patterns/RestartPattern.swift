internal import SluiceCore
internal import SluiceDiagnosis

/// A restart or deploy: endpoints refuse or break connections for a short while, one after another, and come back or
/// are never asked again (reference 2.10, rule 4).
enum RestartPattern {
  /// Milliseconds for which an endpoint is away at most: 60 s.
  static let awayMax: Int64 = 60_000
  /// Milliseconds by which the next endpoint may begin before the last has ended.
  static let overlapMax: Int64 = 2000

  private struct Window {
    var name: String
    var first: Int64
    var last: Int64
  }

  static func find(_ facts: ProblemFacts) -> Finding? {
    let draft = facts.draft
    guard [.unconnected, .broken].contains(Strand(draft.root.cause)), !draft.occurrences.isEmpty else { return nil }
    guard draft.runs.contains(where: { Strand($0.key.cause) == .unconnected }) else { return nil }
    let windows = draft.occurrences.map { away(draft, $0) }
    guard windows.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.last - $0.first <= awayMax } }) else { return nil }
    let isRolling = windows.contains(where: inTurn)
    guard isRolling || isBack(facts) else { return nil }
    if !isRolling, windows.contains(where: { atOnce(facts, $0) }) { return together(facts) }
    return isRolling ? rolling(facts, windows.first(where: inTurn) ?? []) : single(facts, windows.first ?? [])
  }

  /// From when to when each endpoint was away.
  private static func away(_ draft: ProblemDraft, _ occurrence: ProblemDraft.Occurrence) -> [Window] {
    var windows: [String: Window] = [:]
    for run in draft.runs where [.unconnected, .broken].contains(Strand(run.key.cause)) {
      guard let first = run.first, let last = run.last, first >= occurrence.first, last <= occurrence.last else {
        continue
      }
      let name = run.key.endpoint ?? draft.place
      windows[name, default: Window(name: name, first: first, last: last)].first.lower(to: first)
      windows[name]?.last.raise(to: last)
    }
    return windows.values.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
  }

  /// Whether endpoints failed one after another and not all at once.
  private static func inTurn(_ windows: [Window]) -> Bool {
    guard windows.count > 1 else { return false }
    let apart = zip(windows, windows.dropFirst()).count {
      $1.first - $0.first >= 1000 && $1.first >= $0.last - overlapMax
    }
    return 2 * apart >= windows.count - 1
  }

  private static func isBack(_ facts: ProblemFacts) -> Bool {
    guard !facts.isOngoing || facts.endpoints.contains(where: \.isUp) else { return false }
    if facts.endpoints.contains(where: { $0.isUp || ($0.servedAfter ?? 0) > 0 }) { return true }
    // Where no line tells of endpoints, requests that went well and none that failed are what there is.
    return (facts.servedAfter ?? facts.servedElsewhere ?? 0) > 0
  }

  private static func rolling(_ facts: ProblemFacts, _ windows: [Window]) -> Finding {
    let longest = windows.map { $0.last - $0.first }.max() ?? 0
    let names = windows.map(\.name)
    let change = facts.event(.changed, .proxyReloaded, within: DraftMaker.before)
    let away = longest >= 1000 ? "each for up to \(Shown.duration(Double(longest)))" : "each for less than a second"
    return Finding(
      .deployRestart, .likely,
      "\(facts.place) \(isSeveral(facts) ? "were" : "was") restarted, one endpoint after another: "
        + "\(ProblemFacts.list(names)) were away in turn, "
        + "\(away), \(facts.wholeSpan); \(facts.failed)",
      next:
        "Let the proxy stop sending to an endpoint before it is stopped: drain it, and start with a readiness check.",
      ["\(windows.count) endpoints failed in turn: \(order(windows, facts))."] + facts.counts + [
        facts.told(change, "something changed"), facts.after, facts.recurrence, facts.chained,
      ])
  }

  private static func isSeveral(_ facts: ProblemFacts) -> Bool {
    facts.draft.upstream == nil && facts.endpointNames.count > 1
  }

  private static func together(_ facts: ProblemFacts) -> Finding {
    let broken = facts.draft.count { Strand($0) == .broken }
    let names = ProblemFacts.list(facts.endpointNames)
    let change = facts.event(.changed, .proxyReloaded, within: DraftMaker.before)
    return Finding(
      broken > 0 ? .applicationCrash : .upstreamDown, .likely,
      "All endpoints of \(facts.place) were away at the same time \(facts.wholeSpan), and came back: \(names); "
        + "\(facts.failed)",
      next:
        "See what ended them together: the machine, its memory, a supervisor, or a deploy that does not take turns.",
      facts.counts + [
        broken > 0 ? "\(Numbers.count(broken, "connection", "connections")) broke while requests were under way." : nil,
        facts.told(change, "something changed"), facts.after, facts.recurrence, facts.chained,
      ],
      also: [
        broken > 0 ? Candidate(.upstreamDown, .possible, "None of them took connections.") : nil,
        Candidate(.deployRestart, .possible, "A deploy that restarts all at once looks the same."),
      ].compactMap { $0 })
  }

  private static func order(_ windows: [Window], _ facts: ProblemFacts) -> String {
    let shown = windows.prefix(4).map { "\(Shown.text($0.name, limit: 32)) \(Moment.clock(milliseconds: $0.first))" }
    return shown.joined(separator: ", ") + (windows.count > 4 ? ", …" : "")
  }

  /// Several endpoints that are away at the same time, or of which none is left: no deploy takes all at once.
  private static func atOnce(_ facts: ProblemFacts, _ windows: [Window]) -> Bool {
    facts.others.isEmpty && (windows.count > 1 || facts.failing.count > 1)
  }

  private static func single(_ facts: ProblemFacts, _ windows: [Window]) -> Finding {
    let first = windows.map(\.first).min() ?? 0
    let away = max((windows.map(\.last).max() ?? 0) - first, 0)
    let change = facts.event(.changed, .proxyReloaded, within: DraftMaker.before)
    let isRegular = facts.draft.occurrences.count >= DraftMaker.recurringMin
    let broken = facts.draft.count { Strand($0) == .broken }
    let gone = away < 1000 ? "less than a second" : Shown.duration(Double(away))
    // A deploy that drains breaks nothing; nobody knows here whether this one did.
    let isCrash = broken > 0 && change == nil && !isRegular
    return Finding(
      isCrash ? .applicationCrash : .deployRestart, change != nil || isRegular ? .likely : .possible,
      "\(facts.subject.text) \(facts.subject.verb("was", "were")) away for \(gone) \(facts.wholeSpan) and came "
        + "back: a restart or a deploy, or a crash after which it was started again; \(facts.failed)",
      next: "See what started the application around \(facts.moment(first)): a deploy, its supervisor, or the kernel.",
      facts.counts + [
        broken > 0 ? "\(Numbers.count(broken, "connection", "connections")) broke while requests were under way." : nil,
        facts.told(change, "something changed"), facts.after, facts.recurrence, facts.chained,
      ],
      also: [
        isCrash
          ? Candidate(.deployRestart, .possible, "A stop that does not wait for requests breaks them in the same way.")
          : Candidate(
            .applicationCrash, .possible,
            "A program that ends and is started again by its supervisor looks the same from outside.")
      ])
  }
}

extension Int64 {
  mutating func lower(to other: Int64) { self = Swift.min(self, other) }

  mutating func raise(to other: Int64) { self = Swift.max(self, other) }
}
