internal import SluiceCore
internal import SluiceDiagnosis

/// Drafts as problems of a report, in the order in which they matter.
struct ProblemWriter: Sendable {
  /// Problems of a report.
  static let problemsMax = 40
  /// Sample lines of a problem.
  static let samplesMax = 3
  /// Milliseconds before the end of the logs in which a failure means that the problem goes on: 1 minute.
  static let ongoingWithin: Int64 = 60_000

  let logs: [LogSource]
  let traffic: Traffic
  /// Unix time in milliseconds of the last line.
  let end: Int64?

  struct Problems: Equatable, Sendable {
    var listed: [LogProblem] = []
    var remarks: [String] = []
  }

  func problems(_ drafts: [ProblemDraft]) -> Problems {
    let ordered = drafts.enumerated().sorted { one, other in
      let (left, right) = (weight(one.element), weight(other.element))
      return left == right ? one.offset < other.offset : left > right
    }.map(\.element)
    var problems = Problems(listed: ordered.prefix(Self.problemsMax).map(problem))
    if ordered.count > Self.problemsMax {
      let rest = ordered.dropFirst(Self.problemsMax)
      let failures = rest.reduce(0) { $0 + $1.count }
      problems.remarks.append(
        "\(Shown.count(rest.count, "smaller problem is", "smaller problems are")) left out, with "
          + "\(Shown.count(failures, "failure", "failures")).")
    }
    return problems
  }

  /// What goes on weighs ten times as much as what is over, and what another endpoint made good a tenth.
  private func weight(_ draft: ProblemDraft) -> Int {
    let lost = draft.count - draft.saved
    return (isOngoing(draft) ? 10 : 1) * (10 * lost + draft.saved)
  }

  func isOngoing(_ draft: ProblemDraft) -> Bool {
    guard let last = draft.last, let end else { return false }
    return end - last <= Self.ongoingWithin
  }

  private func problem(_ draft: ProblemDraft) -> LogProblem {
    let requests = requests(draft)
    let root = draft.root.cause
    let place = draft.place
    let who = draft.runs.first { $0.key.cause == root }?.who ?? root?.owner ?? .unknown
    let verdict = Verdict(
      who: who.identifier, cause: root.shownIdentifier, sure: draft.runs.map(\.sure).min() ?? .unknown,
      sentence: "\(place): " + (root?.summary ?? "Requests failed, and no line tells why."),
      next: root?.firstChecks.first?.sentence ?? "Look for an error log of \(draft.product.title).")
    return LogProblem(
      id: "\(draft.product.rawValue):\(place):\(draft.first ?? 0)", place: place, isOngoing: isOngoing(draft),
      verdict: verdict, candidates: [], checks: [], product: draft.product.title,
      count: draft.count, saved: draft.saved, requests: requests,
      first: draft.first.map(Moment.text), last: draft.last.map(Moment.text), causes: shares(draft),
      statuses: draft.runs.reduce(into: [UInt16: Int]()) { $0.merge($1.statuses, uniquingKeysWith: +) }.shownStatuses,
      story: [], concentrations: [], chart: chart(draft), samples: samples(draft))
  }

  // MARK: Parts

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

  private func requests(_ draft: ProblemDraft) -> Int? {
    guard let first = draft.first, let last = draft.last else { return nil }
    let counts = counts(draft)
    guard !counts.isEmpty else { return nil }
    let requests = counts.reduce(0) {
      $0 + $1.requests.count(from: first.dividedDown(by: 1000), through: last.dividedDown(by: 1000))
    }
    return requests > 0 ? requests : nil
  }

  /// The traffic of the draft's place.
  func counts(_ draft: ProblemDraft) -> [Traffic.Counts] {
    let endpoints = Set(draft.endpoints.map(\.name))
    return traffic.places.filter { place, _ in
      guard place.product == draft.product else { return false }
      if let upstream = draft.upstream, let name = place.upstream { return name == upstream }
      return place.endpoint.map(endpoints.contains) ?? (draft.upstream == nil && endpoints.isEmpty)
    }.map(\.value)
  }

  private func chart(_ draft: ProblemDraft) -> TimeChart? {
    var failures = SlotCounts()
    for run in draft.runs { failures.add(run.slots) }
    guard !failures.counts.isEmpty else { return nil }
    return TimeChart(
      start: Moment.text(failures.start * 1000), slotSeconds: Int(failures.slotSeconds), failures: failures.counts,
      requests: nil)
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
