internal import SluiceCore
internal import SluiceDiagnosis

/// A request of which lines were read and more may follow.
struct OpenRequest: Equatable, Sendable {
  /// Lines of failures that one request may have: more attempts than that are not told apart.
  static let linesMax = 12
  /// Milliseconds by which times of one-second resolution and of different clocks within one machine differ.
  static let slack: Int64 = 2000
  /// Milliseconds for which a failed attempt waits for the end of its request where no line tells how long the request
  /// took: longer than the usual 60 s that a proxy waits for an answer.
  static let endWait: Int64 = 75_000

  /// Milliseconds in which Apache httpd writes the lines of one failure, one right after the other.
  static let together: Int64 = 20

  struct Key: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case requestID
      case connection
      case request
      case client
      case endpoint
    }

    var kind: Kind
    var product: LogProduct
    var text: String
  }

  /// What has been read of it: each stage is looked for by other lines.
  enum Stage: Hashable, Sendable, CaseIterable {
    /// Failures, and no end.
    case waiting
    /// An end without a failure that explains it.
    case unexplained
    case joined
  }

  var stage: Stage { end == nil ? .waiting : failures.isEmpty ? .unexplained : .joined }

  /// Lines that tell of a failure beside the access log, in their order.
  private(set) var failures: [LogEntry] = []
  /// The line of the access log.
  private(set) var end: LogEntry?
  /// What all lines together tell.
  private(set) var shape: LogEntry
  /// Unix time in milliseconds.
  private(set) var first: Int64?
  private(set) var last: Int64?

  init(_ entry: LogEntry) {
    shape = entry
    add(entry)
  }

  mutating func add(_ entry: LogEntry) {
    if entry.kind == .request { end = entry } else if failures.count < Self.linesMax { failures.append(entry) }
    shape.requestID = shape.requestID ?? entry.requestID
    shape.connection = shape.connection ?? entry.connection
    shape.process = shape.process ?? entry.process
    shape.client = shape.client ?? entry.client
    shape.method = shape.method ?? entry.method
    shape.path = shape.path ?? entry.path
    shape.host = shape.host ?? entry.host
    shape.route = shape.route ?? entry.route
    shape.upstream = shape.upstream ?? entry.upstream
    guard let time = entry.time else { return }
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }

  /// Whether nothing more can follow: the access log lists as many failed attempts as there are lines.
  var isComplete: Bool {
    guard let end, !end.attempts.isEmpty else { return false }
    return failures.count >= end.attempts.count
  }

  // MARK: Whether a line belongs to it

  func accepts(_ entry: LogEntry) -> Bool {
    guard entry.product == shape.product, fitsTime(entry), agrees(entry) else { return false }
    if entry.kind == .request { return end == nil && fitsEnd(entry) }
    guard failures.count < Self.linesMax, !isRepeat(entry), !isAfterTheOnlyAttempt(entry) else { return false }
    guard let end, !end.attempts.isEmpty, let endpoint = entry.endpoint else { return true }
    return Self.names(end).contains(EndpointName.shortened(endpoint))
  }

  /// What both tell must be the same.
  private func agrees(_ entry: LogEntry) -> Bool {
    func same<Value: Equatable>(_ one: Value?, _ other: Value?) -> Bool { one == nil || other == nil || one == other }
    guard same(shape.requestID, entry.requestID), same(shape.connection, entry.connection),
      same(shape.client, entry.client), same(shape.method, entry.method), Self.samePath(shape.path, entry.path)
    else { return false }
    // Error lines of some proxies tell the status that the client gets.
    if let told = failures.first?.status, let status = entry.status, told != status { return false }
    return shape.connection == nil || entry.connection == nil || same(shape.process, entry.process)
  }

  /// Some lines tell a path without the query that others tell with it.
  private static func samePath(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other, one != other else { return true }
    func bare(_ path: String) -> Substring { path.prefix { $0 != "?" } }
    return one.contains("?") != other.contains("?") && bare(one) == bare(other)
  }

  private func fitsTime(_ entry: LogEntry) -> Bool {
    guard let time = entry.time, let first, let last else { return true }
    if entry.kind == .request {
      if time < last - Self.slack { return Self.tellsBegin(entry) && last - time <= Self.endWait }
      let took = entry.totalTime.flatMap { Int64(exactly: $0.rounded()) } ?? Self.endWait
      return last >= time - took - Self.slack
    }
    if entry.product == .httpd, let told = failures.last?.time { return abs(time - told) <= Self.together }
    guard let end, let ended = end.time else { return time - last <= Self.endWait }
    if time > ended + Self.slack { return Self.tellsBegin(end) && time - ended <= Self.endWait }
    let took = end.totalTime.flatMap { Int64(exactly: $0.rounded()) } ?? Self.endWait
    return time >= ended - took - Self.slack && time >= first - Self.endWait
  }

  /// Apache httpd writes the time at which a request began, unless it is told otherwise.
  private static func tellsBegin(_ entry: LogEntry) -> Bool { entry.product == .httpd && entry.totalTime == nil }

  /// The line of an access log that lists attempts lists those that failed.
  private func fitsEnd(_ entry: LogEntry) -> Bool {
    guard !entry.attempts.isEmpty else { return true }
    let names = Self.names(entry)
    return failures.allSatisfy { $0.endpoint.map { names.contains(EndpointName.shortened($0)) } ?? true }
  }

  private static func names(_ entry: LogEntry) -> [String] {
    entry.attempts.compactMap { $0.endpoint.map(EndpointName.shortened) }
      + [entry.upstream, entry.endpoint].compactMap { $0.map(EndpointName.shortened) }
  }

  /// A proxy asks an endpoint once for each request: the same line again is another request of the same connection.
  /// nginx writes one line for each attempt, and another only where a response that it did not like goes on and then
  /// ends early; others write several, which differ.
  private func isRepeat(_ entry: LogEntry) -> Bool {
    failures.contains { line in
      guard line.endpoint.map(EndpointName.shortened) == entry.endpoint.map(EndpointName.shortened) else {
        return false
      }
      if line.conclusion?.signature == entry.conclusion?.signature { return true }
      guard entry.product == .nginx, entry.endpoint != nil else { return false }
      return Strand(line.conclusion?.cause) != .invalid || !Self.isWithinBody(entry.conclusion?.cause)
    }
  }

  /// nginx sends what is not idempotent to no other endpoint once it was sent: a further line is of the next request on
  /// the connection.
  private func isAfterTheOnlyAttempt(_ entry: LogEntry) -> Bool {
    guard entry.product == .nginx, ["POST", "PATCH", "LOCK"].contains(shape.method) else { return false }
    return failures.contains { [.broken, .late].contains(Strand($0.conclusion?.cause)) && !$0.isConnectTimeout }
  }

  /// Whether Apache httpd answers with this status where these lines tell what failed: 503 where no endpoint was
  /// reached, another status where the response was at fault.
  func mayEnd(with end: LogEntry) -> Bool {
    guard let status = end.status, status >= 500 else { return false }
    let isUnreached = failures.contains {
      [.unconnected, .exhausted, .crowded].contains(Strand($0.conclusion?.cause)) || $0.isConnectTimeout
    }
    return isUnreached == (status == 503)
  }

  private static func isWithinBody(_ cause: Cause?) -> Bool {
    cause.map { [.truncatedBody, .bodyIdleTimeout, .badChunk, .excessBody, .clientAborted].contains($0) } ?? false
  }

  // MARK: Where it is looked for

  /// What a line can be found by, the surest first.
  static func keys(_ entry: LogEntry) -> [Key] {
    func key(_ kind: Key.Kind, _ text: String) -> Key { Key(kind: kind, product: entry.product, text: text) }
    var keys: [Key] = []
    if let id = entry.requestID { keys.append(key(.requestID, id)) }
    if let connection = entry.connection { keys.append(key(.connection, "\(entry.process ?? 0) \(connection)")) }
    if let path = entry.path { keys.append(key(.request, "\(entry.client ?? "") \(path)")) }
    if let client = entry.client { keys.append(key(.client, client)) }
    if let endpoint = entry.endpoint { keys.append(key(.endpoint, EndpointName.shortened(endpoint))) }
    return keys
  }

  /// The keys that it is to be found by. A client or an endpoint alone only where lines tell no more: else every
  /// request of a client would be looked at.
  var keys: [Key] {
    let tellsLittle = shape.product == .httpd || shape.product == .traefik || shape.path == nil
    return Self.keys(shape).filter { key in
      switch key.kind {
      case .requestID, .connection, .request: true
      case .client, .endpoint: tellsLittle
      }
    }
  }

  // MARK: What it comes to

  /// The line of which the conclusion is the request's. An error of the application's that reached the client is what
  /// the client failed by, whatever was tried before it. Else what is known goes before what is guessed from a status,
  /// the exact before the vague, the surer, and the later, which decided the status.
  private var deciding: LogEntry? {
    if let end, let conclusion = end.conclusion, conclusion.cause == .upstreamStatus, conclusion.sure == .certain {
      return end
    }
    let told = ([end].compactMap { $0 } + failures).filter { $0.conclusion != nil }
    return told.enumerated().max { one, other in
      let (left, right) = (Self.rank(one.element), Self.rank(other.element))
      return left == right ? one.offset < other.offset : left.lexicographicallyPrecedes(right)
    }?.element
  }

  private static func rank(_ entry: LogEntry) -> [Int] {
    guard let conclusion = entry.conclusion else { return [] }
    let isKnown = conclusion.sure >= .likely
    return [
      isKnown ? 1 : 0, conclusion.cause.exactness, conclusion.sure == .certain ? 1 : 0,
      -conclusion.alternatives.count,
    ]
  }

  var failure: FailedRequest {
    let decider = deciding ?? failures.last ?? end ?? shape
    var failure = FailedRequest(decider)
    failure.time = failures.first?.time ?? end?.time
    failure.upstream = (decider.upstream ?? end?.upstream ?? shape.upstream).map(EndpointName.shortened)
    failure.endpoint = (decider.endpoint ?? end?.endpoint ?? end?.attempts.last?.endpoint).map(EndpointName.shortened)
    failure.route = decider.route ?? shape.route
    failure.client = shape.client
    failure.method = shape.method
    failure.path = shape.path
    failure.host = shape.host
    failure.requestID = shape.requestID
    let also = failures.compactMap(\.endpoint).map { LogAttempt(endpoint: $0) }
    failure.attempts = end.map { $0.attempts.isEmpty ? also : $0.attempts } ?? also
    guard let end else { return failure }
    failure.hasEnd = true
    failure.endTime = end.time
    failure.status = end.status
    failure.upstreamStatus = end.upstreamStatus
    failure.endSource = end.place.source
    failure.queueTime = end.queueTime ?? failure.queueTime
    failure.connectTime = end.connectTime ?? failure.connectTime
    failure.headTime = end.headTime ?? failure.headTime
    failure.totalTime = end.totalTime ?? failure.totalTime
    return failure
  }
}

extension LogEntry {
  /// It waited for a connection, and sent nothing.
  fileprivate var isConnectTimeout: Bool { conclusion?.cause == .connectTimeout }
}
