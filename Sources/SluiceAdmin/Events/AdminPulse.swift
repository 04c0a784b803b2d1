internal import SluiceIncidents

/// Looks at the gateway every two seconds while somebody listens to its events, and tells what is new; every ten
/// seconds otherwise, for the windows of the traffic.
actor AdminPulse {
  static let interval = Duration.seconds(2)
  /// Looks from one heartbeat to the next.
  private static let looksPerHeartbeat = 8
  /// Milliseconds that events are looked for after the last listener has gone, so that it may come back.
  private static let patience: Int64 = 60_000
  /// Problems that are looked at: those seen last.
  private static let problemsMax = 20

  /// What was told of a problem last.
  private struct Told: Equatable {
    var count: Int64
    var state: Problem.State
    var example: String?

    init(_ problem: Problem) {
      count = problem.count
      state = problem.state
      example = problem.example
    }
  }

  private struct ChangeName: Hashable {
    var time: Int64
    var text: String
  }

  private let source: AdminSource
  nonisolated let hub = EventHub()
  private var memory = TrafficMemory()
  private var last: TrafficSample?
  /// nil: nobody was listening, and nothing is known of what was told.
  private var problems: [Int64: Told]?
  private var changes: Set<ChangeName> = []
  private var looks = 0
  private var task: Task<Void, Never>?

  init(_ source: AdminSource) { self.source = source }

  func start() {
    guard task == nil else { return }
    task = Task { [weak self] in
      while !Task.isCancelled {
        await self?.look()
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  func stop() {
    task?.cancel()
    task = nil
    hub.finish()
  }

  /// One look; for the timer, and for tests.
  func look() async {
    let now = source.wallTime()
    let isWatched = hub.isWatched(at: now, within: Self.patience)
    let isDue = memory.samples.last.map { now >= $0.time + TrafficMemory.spacing || now < $0.time } ?? true
    guard isWatched || isDue else { return }
    let sample = await self.sample()
    memory.add(sample)
    let before = last
    last = isWatched ? sample : nil
    guard isWatched else {
      if problems != nil {
        problems = nil
        hub.breakRow(at: now)
      }
      return
    }
    looks += 1
    if looks % Self.looksPerHeartbeat == 0 { hub.heartbeat() }
    hub.publish(AdminEvent(.status, await source.status()))
    hub.publish(AdminEvent(.upstreams, await upstreams()))
    if let before { hub.publish(AdminEvent(.traffic, TrafficTick(sample.change(since: before), at: sample.time))) }
    await tellChanges()
    await tellProblems()
  }

  private func sample() async -> TrafficSample {
    let reading = await source.metrics().gateway
    return TrafficSample(reading, time: source.wallTime())
  }

  private func upstreams() async -> UpstreamsDocument {
    UpstreamsDocument(time: source.wallTime(), upstreams: await source.upstreamStates())
  }

  private func tellChanges() async {
    let known = await source.changes()
    let isFirst = problems == nil
    for change in known.reversed() {
      let isNew = changes.insert(ChangeName(time: change.time, text: change.text)).inserted
      if isNew, !isFirst { hub.publish(AdminEvent(.deploy, change)) }
    }
    changes.formIntersection(known.map { ChangeName(time: $0.time, text: $0.text) })
  }

  /// Only what has changed is diagnosed.
  private func tellProblems() async {
    let known = problems
    let found = await StoreAccess(source: source).readIfThere { reader, now -> ([Problem], [ProblemDocument]) in
      let all = try reader.problems(limit: Self.problemsMax, at: now)
      let news = known.map { known in all.filter { known[$0.number] != Told($0) } } ?? []
      return (all, try news.map { try ProblemRoutes.document($0, in: reader, at: now) })
    }
    // What cannot be read now is told when it can.
    let (all, news) = found ?? ([], [])
    for document in news.reversed() { hub.publish(AdminEvent(.problem, document)) }
    if found != nil || known == nil {
      problems = Dictionary(all.map { ($0.number, Told($0)) }, uniquingKeysWith: { first, _ in first })
    }
  }

  // MARK: For routes

  /// What one who begins to listen has to know first.
  func greeting() async -> [AdminEvent] {
    var events = [AdminEvent(.status, await source.status()), AdminEvent(.upstreams, await upstreams())]
    for document in await ProblemRoutes.latest(Self.problemsMax, StoreAccess(source: source)).reversed() {
      events.append(AdminEvent(.problem, document))
    }
    return events
  }

  /// What was counted in windows of time that end now.
  ///
  /// - Parameter spans: milliseconds.
  func changes(over spans: [Int64]) async -> [TrafficSample.Change] { await counts(over: spans).changes }

  /// What was counted since the start, and in windows of time that end now.
  ///
  /// - Parameter spans: milliseconds.
  func counts(over spans: [Int64]) async -> (now: TrafficSample, changes: [TrafficSample.Change]) {
    let now = await sample()
    return (now, spans.map { memory.change(to: now, span: $0) })
  }

  /// Keeps a sample that was taken elsewhere; for tests.
  func note(_ sample: TrafficSample) { memory.add(sample) }
}
