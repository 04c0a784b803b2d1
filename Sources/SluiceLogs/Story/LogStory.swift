internal import SluiceCore

/// What belongs together in the lines of all logs: from entries to problems with their roots.
///
/// # Responsibilities
/// Lines of one request become one failure (`RequestJoiner`, `ChainJoiner`). Failures of one cause and place become
/// runs (`FailureRun`), which hold counts and not requests. When a report is wanted, runs become problems
/// (`ProblemLinker`, `DraftMaker`), and what is known of causes and times names what they go back to (`Patterns/`).
///
/// # Why this way
/// Logs are longer than memory, so nothing is kept of a request but what it adds to counts. What follows from what is
/// decided late, on a few hundred runs, and may be decided again at any time: a log that grows is asked for a report
/// every few seconds.
///
/// # Not handled here
/// Reading, the meaning of lines, and the wording of pages.
public struct LogStory: Sendable {
  private var joiner = RequestJoiner()
  private var chains = ChainJoiner()
  /// Whether two proxies may tell of one request: one log alone is nobody's second view.
  private let hasChains: Bool
  private var causes = CauseLedger()
  private var runs = RunLedger()
  private var events = EventLedger()
  private var traffic = Traffic()
  private var book = PlaceBook()
  /// Unix time in milliseconds over all entries.
  private var first: Int64?
  private var last: Int64?

  /// - Parameter logs: How many logs the entries come from.
  public init(logs: Int = .max) { hasChains = logs > 1 }

  /// - Parameter entry: in the order of time over all logs, or nearly.
  public mutating func take(_ entry: LogEntry) {
    // As it is, where it is short enough: a copy counts a reference for each of its texts.
    if entry.isBounded { return takeBounded(entry) }
    takeBounded(entry.bounded)
  }

  private mutating func takeBounded(_ entry: LogEntry) {
    if let time = entry.time {
      first = min(first ?? time, time)
      last = max(last ?? time, time)
    }
    if let event = entry.event {
      let seen = SeenEvent(entry, event)
      learn(seen.product, seen.event.upstream, [seen.event.endpoint])
      events.add(seen)
    }
    guard entry.kind != .event || entry.hasConclusion else { return }
    if joiner.isAlone(entry) {
      if entry.tellsFailure { settleWhole(FailedRequest(entry)) }
      return
    }
    for failure in joiner.take(entry) { settleWhole(failure) }
  }

  private mutating func settleWhole(_ failure: FailedRequest) {
    guard hasChains else { return settle(failure) }
    for whole in chains.take(failure) { settle(whole) }
  }

  /// - Parameter tally: of requests that no tally before it counts.
  public mutating func take(_ tally: TrafficTally) {
    for place in traffic.add(tally) { learn(place.product, place.upstream, [place.endpoint]) }
  }

  private mutating func settle(_ failure: FailedRequest) {
    causes.add(failure)
    let isKnownPlace = runs.add(failure)
    // Where a run of the same place goes on, what this failure names was learned at its beginning.
    if isKnownPlace, failure.attempts.isEmpty { return }
    learn(
      failure.product, failure.upstream,
      [failure.endpoint] + failure.attempts.map { $0.endpoint.map(EndpointName.shortened) })
  }

  private mutating func learn(_ product: LogProduct, _ upstream: String?, _ endpoints: [String?]) {
    let endpoints = endpoints.compactMap { $0 }.filter { $0 != TrafficTally.others }
    book.learn(product, upstream: upstream == TrafficTally.others ? nil : upstream, endpoints: endpoints)
  }

  /// What is known now. Asking changes nothing: more entries may follow.
  public func report(_ input: StoryInput) -> LogReport {
    var whole = self
    whole.finish()
    return whole.finishedReport(input)
  }

  /// Nothing more comes: requests of which more lines were awaited are taken as they are.
  private mutating func finish() {
    for failure in joiner.finish() { settleWhole(failure) }
    for whole in chains.finish() { settle(whole) }
  }

  private func finishedReport(_ input: StoryInput) -> LogReport {
    let (begin, end) = (begin(input), end(input))
    let drafts = DraftMaker(book: book, events: events.events).drafts(runs.runs)
    let writer = ProblemWriter(logs: input.logs, traffic: traffic, begin: begin, end: end)
    let problems = writer.problems(drafts)
    return LogReport(
      lines: input.lines, recognised: input.recognised, blank: input.blank, counted: input.counted, bytes: input.bytes,
      first: begin.map(Moment.text), last: end.map(Moment.text), requests: traffic.requests,
      statuses: traffic.statuses.shownStatuses, chart: writer.chart(runs.runs), causes: causes.counts(input.logs),
      problems: problems.listed,
      logs: input.logs, saved: causes.saved, unrecognised: input.unrecognised,
      remarks: input.remarks + problems.remarks + remarks)
  }

  /// Of lines, where the scan tells it: slots of traffic are up to hours long.
  private func begin(_ input: StoryInput) -> Int64? {
    [first, input.first ?? traffic.first.map { $0 * 1000 }].compactMap { $0 }.min()
  }

  private func end(_ input: StoryInput) -> Int64? {
    [last, input.last ?? traffic.last.map { $0 * 1000 }].compactMap { $0 }.max()
  }

  private var remarks: [String] {
    var remarks: [String] = []
    if causes.saved > 0 { remarks.append(LogReport.remark(saved: causes.saved)) }
    if joiner.unanswered > 0, traffic.hasRequests(of: .nginx) {
      remarks.append(
        "\(Numbers.plain(joiner.unanswered)) failures of nginx' error log have no failed request in its access log. "
          + "Either another endpoint answered, and no client noticed, or the access log of their site was not read. A "
          + "log_format with $upstream_addr and $upstream_status would tell.")
    }
    if runs.beyond > 0 {
      remarks.append(
        "\(Numbers.plain(runs.beyond)) failures are counted without their place: there were more than "
          + "\(RunLedger.runsMax) places and times at which something failed.")
    }
    if events.beyond > 0 {
      remarks.append("\(Numbers.plain(events.beyond)) events beyond the first \(EventLedger.eventsMax) are left out.")
    }
    return remarks
  }
}
