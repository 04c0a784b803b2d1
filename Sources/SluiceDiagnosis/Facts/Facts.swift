internal import SluiceCore
internal import SluiceIncidents

/// An incident and its surroundings, as the questions that rules ask.
///
/// A question whose answer nobody knows says nil, so that a rule cannot take "unknown" for "no".
struct Facts {
  /// Problems beside the incident, and changes before it, that are looked at.
  static let neighboursMax = 64
  static let changesMax = 32
  /// A problem is at the same time where it was seen within this many milliseconds of the incident.
  static let sameTime: Int64 = 10_000
  /// Milliseconds before the incident in which a change is a suspect.
  static let changeTime: Int64 = 600_000
  /// An endpoint that answered within this many milliseconds works.
  static let recent = 60_000.0

  let incident: Incident
  let cause: Cause?
  /// The attempt that the incident is about.
  let attempt: StoredAttempt?
  let place: EndpointPlace?
  /// Unix time of the incident in milliseconds; nil where its ID is not one of ours.
  let time: Int64?
  /// The problem that the incident belongs to.
  let problem: Problem?
  /// Other problems that were seen at the same time.
  let neighbours: [Problem]
  /// Changes of the last ten minutes before, those of other upstreams left out; the latest first.
  let changes: [Change]

  init(_ incident: Incident, neighbours: [Problem], changes: [Change]) {
    self.incident = incident
    let record = incident.record
    let blamed = incident.blamedAttempt
    attempt = blamed
    place = EndpointPlace(endpoint: blamed?.endpoint, address: blamed?.address)
    let identifier = Self.identifier(of: incident, blamed)
    cause = identifier.flatMap(Cause.named)
    let time = ExchangeID(record.id).flatMap { Int64(exactly: $0.milliseconds) }
    self.time = time
    let key = ProblemKey(
      cause: identifier ?? "", route: record.route, upstream: record.upstream, endpoint: blamed?.endpoint)
    let seen = neighbours.prefix(Self.neighboursMax)
    problem = seen.first { $0.key == key && Self.isAtTime(time, $0) }
    self.neighbours = seen.filter { $0.key != key && Self.isAtTime(time, $0) }
    self.changes = Self.suspects((incident.evidence?.changes ?? []) + changes, at: time, upstream: record.upstream)
  }

  static func identifier(of incident: Incident, _ attempt: StoredAttempt?) -> String? {
    if let cause = incident.record.cause { return cause }
    return switch incident.kind {
    case .absorbed: attempt?.cause
    case .application: Cause.upstreamStatus.identifier
    case .failed: attempt?.cause
    }
  }

  private static func isAtTime(_ time: Int64?, _ problem: Problem) -> Bool {
    guard let time else { return false }
    return problem.firstSeen <= time + sameTime && problem.lastSeen >= time - sameTime
  }

  private static func suspects(_ changes: [Change], at time: Int64?, upstream: String?) -> [Change] {
    guard let time else { return [] }
    var suspects: [Change] = []
    for change in changes.prefix(2 * changesMax) where !suspects.contains(change) {
      let concerns = change.upstream == nil || change.upstream == upstream
      if concerns, change.time <= time, change.time > time - changeTime { suspects.append(change) }
    }
    return Array(suspects.sorted { $0.time > $1.time }.prefix(changesMax))
  }

  var record: StoredRecord { incident.record }
  var evidence: Evidence? { incident.evidence }
  var isAbsorbed: Bool { incident.kind == .absorbed }

  // MARK: The attempt

  var isReused: Bool { attempt?.isReused == true }
  /// How long before the request the connection had been opened.
  var age: Double? { attempt?.ageMs.map { Double(max($0, 0)) } }
  /// How long the connection had rested before the request; where the record does not tell, between its exchanges on
  /// average.
  var rest: Double? {
    if let idle = attempt?.idleMs { return Double(max(idle, 0)) }
    return age.map { $0 / Double(max(attempt?.uses ?? 1, 1)) }
  }
  var idleLimit: Double? { evidence?.timeouts?.poolIdle }
  /// Whether the connection rested about as long as the gateway lets idle ones wait.
  var restNearIdleLimit: Bool? {
    guard let rest, let idleLimit, idleLimit > 0 else { return nil }
    return rest >= 0.8 * idleLimit
  }
  var bytesReceived: UInt64? { attempt?.bytesReceived }
  var bytesSent: UInt64? { attempt?.bytesSent }

  /// Milliseconds between the sent request and the attempt's end, as far as the record tells: the time of the whole
  /// less that of what came before. nil where another attempt followed, since its backoff is in between.
  var waited: Double? {
    guard let attempt, attempt == record.attempts?.last, attempt.firstByteMs == nil else { return nil }
    let before = [
      attempt.startMs, attempt.queueMs, attempt.resolveMs, attempt.connectMs, attempt.tlsMs, attempt.sendMs,
    ].compactMap { $0 }.reduce(0, +)
    return max(record.totalMs - before, 0)
  }

  /// Whether the exchange ended after a time that people set as a limit: whole seconds, five seconds beyond ten.
  static func isRoundTime(_ milliseconds: Double) -> Bool {
    guard milliseconds >= 1000, milliseconds < 1e9 else { return false }
    let grain = milliseconds < 9500 ? 1000.0 : 5000.0
    let distance = milliseconds.truncatingRemainder(dividingBy: grain)
    // The kernel, the process and the wire add a little; nothing ends sooner than its limit.
    return distance <= min(0.01 * milliseconds, 100)
  }

  /// Whether a number is one that people set as a limit, such as 100, 500 or 1000.
  static func isRoundCount(_ count: UInt32) -> Bool {
    var rest = count
    while rest >= 10, rest % 10 == 0 { rest /= 10 }
    return count >= 100 && (rest == 1 || rest == 2 || rest == 5)
  }
}
