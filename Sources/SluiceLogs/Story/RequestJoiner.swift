internal import SluiceCore
internal import SluiceDiagnosis

/// Joins the lines of one request: error lines of its attempts, and the line of the access log.
///
/// # Why this way
/// Lines of one second stand in any order where two files are read, since most proxies write whole seconds. Each line
/// is therefore looked up among the requests that are open, by what identifies it best, and the nearest in time is
/// taken. A request stays open until nothing can follow, or until its time is over, or until too many are open.
///
/// Apache httpd tells one failure in several lines, of which the first may name no client and only the last a path, and
/// its access log tells when a request began: so the end is looked for when the failure's lines are all there.
///
/// # Not handled here
/// Two proxies that tell of the same request (`ChainJoiner`).
struct RequestJoiner: Sendable {
  /// Requests that are open at a time; beyond, the oldest is taken as it is.
  static let openMax = 8192
  /// Requests that are compared with one line at most.
  static let candidatesMax = 128
  /// Entries of all lanes, beyond which those of closed requests are swept out: five keys for each open request, and as
  /// many again.
  static let laneEntriesMax = 10 * openMax
  /// Milliseconds for which a request that ended waits for error lines of the same second.
  static let lateWait: Int64 = 3000
  /// Milliseconds behind the last line of a log of errors for which it is believed to tell of every failure.
  static let silenceMax: Int64 = 600_000
  /// Routes of one access log that are held.
  static let routesMax = 256

  private struct Lane: Hashable, Sendable {
    var key: OpenRequest.Key
    var stage: OpenRequest.Stage
  }

  private var open: [Int: OpenRequest] = [:]
  /// Numbers of requests that are open, by what they are looked for, in the order in which they came. Those that are no
  /// longer open, or in another stage, are passed over and dropped in time.
  private var lanes: [Lane: Fifo] = [:]
  private var laneEntries = 0
  /// Access logs, by the index of the log, of which lines were joined with lines of failures: their failures are told.
  /// With the routes (nginx' server names) of which that is known: those of another site may have a log that is not
  /// read.
  private var explained: [Int: Set<String>] = [:]
  /// Unix time in milliseconds of the last line beside access logs: until when failures are told.
  private var told: [LogProduct: Int64] = [:]
  /// Failures of Apache httpd of which more lines may follow.
  private var bursts = Fifo()
  /// Failures of nginx' that no line of its access log was found for, and that may have been answered well.
  private(set) var unanswered = 0
  private var next = 0
  /// Those without a line of an access log, and those with one, in the order in which they became so.
  private var waiting = Fifo()
  private var ended = Fifo()
  /// Unix time in milliseconds up to which entries came.
  private var now: Int64?

  /// Whether the entry is a request of its own, of which no other line tells, and nothing else is open.
  func isAlone(_ entry: LogEntry) -> Bool { open.isEmpty && !Self.isJoined(entry.product) }

  /// - Returns: Requests of which nothing more is to come.
  mutating func take(_ entry: LogEntry) -> [FailedRequest] {
    if let time = entry.time { now = max(now ?? time, time) }
    guard Self.isJoined(entry.product) else {
      var failures = open.isEmpty ? [] : close()
      if entry.tellsFailure { failures.append(FailedRequest(entry)) }
      return failures
    }
    if let time = entry.time, entry.kind != .request { told[entry.product] = max(told[entry.product] ?? time, time) }
    endBursts()
    if let id = find(entry) {
      extend(id, entry)
    } else if entry.tellsFailure {
      begin(entry)
    }
    return close()
  }

  /// All that is open, as it is.
  mutating func finish() -> [FailedRequest] {
    endBursts(all: true)
    for request in open.values where request.stage == .joined {
      if let end = request.end { explain(end, request) }
    }
    let rest = open.sorted { $0.key < $1.key }.map { remove($0.key, $0.value) }
    let unanswered = unanswered
    self = RequestJoiner()
    self.unanswered = unanswered
    return rest
  }

  /// Proxies that write one line for each request have nothing to join.
  private static func isJoined(_ product: LogProduct) -> Bool {
    switch product {
    case .haproxy, .envoy, .alb, .elb, .cloudflare, .linkerd: false
    case .nginx, .httpd, .caddy, .traefik, .sluice, .ats, .varnish, .nghttpx, .pingora, .other: true
    }
  }

  // MARK: Finding

  private mutating func find(_ entry: LogEntry) -> Int? {
    for key in OpenRequest.keys(entry) {
      for stage in Self.stages(entry, key.kind) {
        let lane = Lane(key: key, stage: stage)
        while let id = lanes[lane]?.first, open[id]?.stage != stage { lanes[lane]?.removeFirst() }
        guard let ids = lanes[lane] else { continue }
        // Of those that have all they need, only the latest can still be told of.
        let candidates =
          stage == .joined ? Array(ids.suffix(Self.candidatesMax).reversed()) : Array(ids.prefix(Self.candidatesMax))
        if let found = nearest(candidates, stage, entry) { return found }
        if ids.first == nil { lanes[lane] = nil }
      }
    }
    return nil
  }

  /// Where a line can belong: the end of a request to one that waits for it, a failure to one that ended unexplained.
  /// Further attempts are found by their connection. Apache httpd writes several lines at once for one attempt, which
  /// may share no more than a client or an endpoint; their end is looked for by `endBursts`.
  private static func stages(_ entry: LogEntry, _ kind: OpenRequest.Key.Kind) -> [OpenRequest.Stage] {
    if entry.kind == .request { return [.waiting] }
    if entry.product == .httpd { return [.waiting, .joined] }
    switch kind {
    case .requestID, .connection: return [.waiting, .unexplained, .joined]
    case .request, .client, .endpoint: return [.unexplained]
    }
  }

  /// The one whose time is nearest; the first of several in the same second.
  private func nearest(_ ids: [Int], _ stage: OpenRequest.Stage, _ entry: LogEntry) -> Int? {
    var best: (id: Int, distance: Int64)?
    for id in ids {
      guard let request = open[id], request.stage == stage, request.accepts(entry) else { continue }
      let distance = abs((entry.time ?? 0) - (request.last ?? entry.time ?? 0))
      if distance < best?.distance ?? .max { best = (id, distance) }
      if distance < 1000 { break }
    }
    return best?.id
  }

  // MARK: Opening and closing

  private mutating func begin(_ entry: LogEntry) {
    let request = OpenRequest(entry)
    let id = next
    next += 1
    open[id] = request
    show(id, request)
    if request.end == nil { waiting.append(id) } else { ended.append(id) }
    if entry.product == .httpd, request.end == nil { bursts.append(id) }
  }

  /// Looks for the ends of failures that have all their lines.
  private mutating func endBursts(all: Bool = false) {
    while let id = bursts.first {
      if let request = open[id], request.end == nil {
        if !all, let now, let last = request.last, now - last <= OpenRequest.together { return }
        if let found = end(of: request), let end = open[found]?.end {
          open[found] = nil
          extend(id, end)
        }
      }
      bursts.removeFirst()
    }
  }

  /// A request that ended unexplained and is the one that failed; the nearest in time of several.
  private mutating func end(of request: OpenRequest) -> Int? {
    for key in OpenRequest.keys(request.shape) {
      let lane = Lane(key: key, stage: .unexplained)
      while let id = lanes[lane]?.first, open[id]?.stage != .unexplained { lanes[lane]?.removeFirst() }
      guard let ids = lanes[lane] else { continue }
      var best: (id: Int, distance: Int64)?
      for id in ids.prefix(Self.candidatesMax) {
        guard let other = open[id], other.stage == .unexplained, let end = other.end, request.accepts(end),
          request.mayEnd(with: end)
        else { continue }
        let distance = abs((end.time ?? 0) - (request.last ?? end.time ?? 0))
        if distance < best?.distance ?? .max { best = (id, distance) }
      }
      if let best { return best.id }
    }
    return nil
  }

  private mutating func extend(_ id: Int, _ entry: LogEntry) {
    guard var request = open[id] else { return }
    let (keys, stage) = (request.keys, request.stage)
    request.add(entry)
    open[id] = request
    if request.stage != stage || request.keys != keys { show(id, request) }
    if stage == .waiting, request.end != nil { ended.append(id) }
  }

  private mutating func show(_ id: Int, _ request: OpenRequest) {
    for key in request.keys {
      lanes[Lane(key: key, stage: request.stage), default: Fifo()].append(id)
      laneEntries += 1
    }
    guard laneEntries > Self.laneEntriesMax else { return }
    lanes = [:]
    laneEntries = 0
    for (id, request) in open.sorted(by: { $0.key < $1.key }) {
      for key in request.keys {
        lanes[Lane(key: key, stage: request.stage), default: Fifo()].append(id)
        laneEntries += 1
      }
    }
  }

  private mutating func close() -> [FailedRequest] {
    var closed: [FailedRequest] = []
    while let id = ended.first {
      guard let request = open[id] else {
        ended.removeFirst()
        continue
      }
      guard isOver(request, after: Self.lateWait) || request.isComplete else { break }
      ended.removeFirst()
      closed.append(remove(id, request))
    }
    while let id = waiting.first {
      guard let request = open[id], request.end == nil else {
        waiting.removeFirst()
        continue
      }
      guard isOver(request, after: OpenRequest.endWait) else { break }
      waiting.removeFirst()
      closed.append(remove(id, request))
    }
    while open.count > Self.openMax, let id = waiting.removeFirst() ?? ended.removeFirst() {
      if let request = open[id] { closed.append(remove(id, request)) }
    }
    return closed
  }

  private func isOver(_ request: OpenRequest, after wait: Int64) -> Bool {
    guard let now, let last = request.last else { return false }
    let wait = request.shape.product == .httpd && request.end?.totalTime == nil ? OpenRequest.endWait : wait
    return now - last > wait
  }

  private mutating func remove(_ id: Int, _ request: OpenRequest) -> FailedRequest {
    open[id] = nil
    guard let end = request.end else { return alone(request) }
    if request.stage == .joined { explain(end, request) }
    guard request.stage == .unexplained, explained[end.place.source] != nil, isTold(end) else { return request.failure }
    return Self.passedOn(request.failure)
  }

  private mutating func explain(_ end: LogEntry, _ request: OpenRequest) {
    var routes = explained[end.place.source] ?? []
    if let route = request.shape.route, routes.count < Self.routesMax { routes.insert(route) }
    explained[end.place.source] = routes
  }

  /// Whether a failure of that time would be told: a log of errors that ended earlier tells nothing of it.
  private func isTold(_ end: LogEntry) -> Bool {
    guard let time = end.time, let last = told[end.product] else { return true }
    return time - last <= Self.silenceMax
  }

  /// nginx writes a line for each attempt. Where its access log is read as well and no line of a request that failed
  /// fits, the request ended well, and its line was an ordinary one.
  private mutating func alone(_ request: OpenRequest) -> FailedRequest {
    var failure = request.failure
    guard failure.product == .nginx, failure.path != nil else { return failure }
    let isPast = if let now, let last = request.last { now - last > Self.lateWait } else { false }
    let isRead = explained.values.contains { routes in
      failure.route.map { routes.isEmpty || routes.contains($0) } ?? true
    }
    failure.isPresumedSaved = isPast && isRead
    if !failure.isPresumedSaved { unanswered += 1 }
    return failure
  }

  /// The proxy tells of its own failures in another log, which has nothing of this one: it passed an answer on.
  ///
  /// nginx writes no line for what its configuration answers (`return 503`), so that is left open.
  private static func passedOn(_ failure: FailedRequest) -> FailedRequest {
    let possible = [failure.cause].compactMap { $0 } + failure.alternatives
    guard failure.sure <= .possible, possible.contains(.upstreamStatus) else { return failure }
    var failure = failure
    failure.alternatives = possible.filter { $0 != .upstreamStatus }
    failure.cause = .upstreamStatus
    failure.who = .application
    failure.sure = failure.status == 503 ? .possible : .likely
    failure.estimate = "The log of errors tells of other failures and not of this one, so the answer was passed on."
    return failure
  }
}
