internal import SluiceCore
internal import SluiceDiagnosis

/// Drafts as problems of a report, in the order in which they matter.
struct ProblemWriter: Sendable {
  /// Problems of a report.
  static let problemsMax = 40
  /// Sample lines of a problem.
  static let samplesMax = 3
  let logs: [LogSource]
  let traffic: Traffic
  /// Unix time in milliseconds of the first and the last line.
  let begin: Int64?
  let end: Int64?

  struct Problems: Equatable, Sendable {
    var listed: [LogProblem] = []
    var remarks: [String] = []
  }

  func problems(_ drafts: [ProblemDraft]) -> Problems {
    let all = drafts.map { ProblemFacts(named($0), traffic, begin: begin, end: end) }
    let ordered = all.enumerated().sorted { one, other in
      let (left, right) = (weight(one.element), weight(other.element))
      return left == right ? one.offset < other.offset : left > right
    }.map(\.element)
    var problems = Problems(listed: ordered.prefix(Self.problemsMax).map(problem))
    if ordered.count > Self.problemsMax {
      let rest = ordered.dropFirst(Self.problemsMax)
      let failures = rest.reduce(0) { $0 + $1.draft.count }
      problems.remarks.append(
        "\(Numbers.count(rest.count, "smaller problem is", "smaller problems are")) left out, with "
          + "\(Numbers.count(failures, "failure", "failures")).")
    }
    return problems
  }

  /// What goes on weighs ten times as much as what is over, and what another endpoint made good a tenth. Clients that
  /// left weigh as little: they may have had reasons of their own.
  private func weight(_ facts: ProblemFacts) -> Int {
    let draft = facts.draft
    let left = draft.root.cause == .clientAborted ? draft.count : 0
    let light = min(draft.saved + left, draft.count)
    return (facts.isOngoing ? 10 : 1) * (10 * (draft.count - light) + light)
  }

  private func problem(_ facts: ProblemFacts) -> LogProblem {
    let draft = facts.draft
    let (finding, candidates) = Patterns.conclusion(facts)
    return LogProblem(
      id: Self.identity(draft), place: draft.place,
      isOngoing: facts.isOngoing, verdict: finding.verdict, candidates: candidates,
      checks: ProblemChecks.checks(facts), product: draft.title, count: draft.count, saved: draft.saved,
      requests: facts.requests.flatMap { $0 > 0 ? $0 : nil },
      first: draft.first.map(Moment.text), last: draft.last.map(Moment.text), causes: shares(draft),
      statuses: draft.runs.reduce(into: [UInt16: Int]()) { $0.merge($1.statuses, uniquingKeysWith: +) }.shownStatuses,
      story: StoryTeller(facts: facts).story(), concentrations: Concentrations.list(facts, traffic),
      chart: chart(facts), samples: samples(draft))
  }

  /// Where its first failure stands: that stays, whatever follows.
  private static func identity(_ draft: ProblemDraft) -> String {
    guard let place = draft.runs.first?.sample.place else { return draft.product.rawValue }
    return "\(draft.product.rawValue)-\(draft.first ?? 0)-\(place.source).\(place.file).\(place.line)"
  }

  // MARK: Parts

  private static let builtIn = Set(LogFormat.all.map(\.id))

  /// With the name of the user's own format, where that is all that tells whose the lines are.
  private func named(_ draft: ProblemDraft) -> ProblemDraft {
    guard draft.product == .other, let source = draft.runs.first?.sample.place.source, logs.indices.contains(source)
    else { return draft }
    var draft = draft
    draft.name = logs[source].formats.first { !Self.builtIn.contains($0) }
    return draft
  }

  private func shares(_ draft: ProblemDraft) -> [CauseShare] {
    var counts: [Cause?: Int] = [:]
    for run in draft.runs { counts[run.key.cause, default: 0] += run.count }
    func role(_ cause: Cause?) -> CauseShare.Role {
      if cause == draft.root.cause { return .root }
      return [.exhausted, .crowded].contains(Strand(cause)) ? .consequence : .beside
    }
    let order: [CauseShare.Role] = [.root, .consequence, .beside]
    return counts.map { CauseShare(cause: $0.key.shownIdentifier, count: $0.value, role: role($0.key)) }
      .sorted { one, other in
        let (left, right) = (order.firstIndex(of: one.role) ?? 0, order.firstIndex(of: other.role) ?? 0)
        return left == right ? (other.count, one.cause) < (one.count, other.cause) : left < right
      }
  }

  private func chart(_ facts: ProblemFacts) -> TimeChart? {
    chart(SlotCounts(), facts.draft.runs, facts.traffic.map(\.value.requests))
  }

  /// All failures over the whole time of the logs.
  func chart(_ runs: [FailureRun]) -> TimeChart? {
    var slots = SlotCounts()
    for time in [begin, end] { if let time { slots.add(time.dividedDown(by: 1000), 0) } }
    return chart(slots, runs, [traffic.all.requests].filter { !$0.counts.isEmpty })
  }

  private func chart(_ slots: SlotCounts, _ runs: [FailureRun], _ requests: [SlotCounts]) -> TimeChart? {
    var failures = slots
    for run in runs { failures.add(run.slots) }
    guard failures.counts.contains(where: { $0 > 0 }) else { return nil }
    return TimeChart(
      start: Moment.text(failures.start * 1000), slotSeconds: Int(failures.slotSeconds), failures: failures.counts,
      requests: self.requests(requests, failures))
  }

  /// Requests in each slot of the chart; nil where slots of traffic are longer than those.
  private func requests(_ counts: [SlotCounts], _ chart: SlotCounts) -> [Int]? {
    guard !counts.isEmpty, counts.allSatisfy({ $0.slotSeconds <= chart.slotSeconds }) else { return nil }
    var requests = [Int](repeating: 0, count: chart.counts.count)
    for slots in counts {
      for (slot, count) in slots.counts.enumerated() where count > 0 {
        let second = slots.start + Int64(slot) * slots.slotSeconds
        guard second >= chart.start, second < chart.end else { continue }
        requests[Int((second - chart.start) / chart.slotSeconds)] += count
      }
    }
    return requests
  }

  /// The first line of the root, then of each other cause.
  private func samples(_ draft: ProblemDraft) -> [LogSample] {
    var seen: Set<Cause?> = []
    var chosen: [FailureRun.Sample] = []
    let rooted = draft.runs.filter { $0.key.cause == draft.root.cause }
    if case .event(let event, _) = draft.root { chosen.append(event.sample) }
    for run in rooted + draft.runs where seen.insert(run.key.cause).inserted { chosen.append(run.sample) }
    return chosen.prefix(Self.samplesMax).map { $0.shown(logs) }
  }
}
