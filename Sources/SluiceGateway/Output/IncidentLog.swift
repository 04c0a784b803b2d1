internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// Decides which incidents are kept and hands them to the store: for all workers, since the shares are the process's.
///
/// The lock is held for a look at one counter; lines and evidence are made outside of it.
final class IncidentLog: Sendable {
  private let writer: IncidentWriter
  private let intake = Mutex(IncidentIntake())

  /// - Parameters:
  ///   - path: of the store.
  ///   - onProblem: called on the store's thread; it must not wait.
  ///   - report: the same.
  init(
    path: String, _ configuration: Configuration, onProblem: @escaping @Sendable (ProblemEvent) -> Void,
    report: @escaping @Sendable (StoreReport) -> Void
  ) {
    writer = IncidentWriter(
      path: path, bounds: StoreBounds(configuration.incidents), wallTime: { Clock.wallMilliseconds() },
      persistsAfter: Self.persistence(configuration), onProblem: onProblem, report: report)
  }

  /// For a reload. The file stays the one that it was at the start.
  func adopt(_ configuration: Configuration) {
    writer.setBounds(StoreBounds(configuration.incidents))
    writer.setPersistence(after: Self.persistence(configuration))
  }

  private static func persistence(_ configuration: Configuration) -> Duration? {
    configuration.alertPersistence.map { .nanoseconds($0.nanoseconds) }
  }

  func stop(within time: Duration) { _ = writer.stop(within: time) }

  var counters: IncidentWriter.Counters { writer.counters }

  /// Incidents whose record was lost.
  var dropped: UInt64 { counters.dropped }

  /// Problems that go on.
  var problemsOpen: Int { writer.counters.problemsOpen }

  /// What waits for the store.
  var queues: [QueueReading] {
    let counters = writer.counters
    return [
      QueueReading(name: "incidents", dropped: counters.dropped, bytes: counters.queuedBytes),
      QueueReading(name: "incident_notes", dropped: counters.droppedNotes),
    ]
  }

  /// Takes an exchange that has just ended, where it is an incident.
  func take(_ driver: ExchangeDriver, encoder: inout AccessLogEncoder) {
    guard let kind = driver.incidentKind, let place = driver.problem(for: kind) else { return }
    let record = driver.record
    let snapshot = driver.snapshot.shared
    let who = place.cause.owner.identifier
    let admission = intake.withLock { intake in
      intake.admit(
        place, names: { ProblemKey(place, in: snapshot.configuration) }, who: who, isAbsorbed: kind == .absorbed,
        at: driver.now, wall: record.wallTime)
    }
    guard admission != .count else { return }
    let (attempts, block) = (driver.attempts, driver.block)
    var line: [UInt8] = []
    encoder.encode(record, attempts: attempts.span, head: block.span.bytes, names: snapshot.names, into: &line)
    writer.offer(
      IncidentEntry(
        id: record.id, time: record.wallTime, kind: kind, problem: ProblemKey(place, in: snapshot.configuration),
        who: who, status: record.status, clientRequestID: driver.clientRequestID, line: line,
        evidence: admission == .keepEvidence ? driver.evidence(for: kind) : nil))
  }

  func note(_ change: Change) { writer.note(change) }

  func note(_ examination: Examination) { writer.note(examination) }

  func note(_ traffic: [TrafficCount]) { writer.note(traffic) }

  func note(_ sighting: ProcessSighting, of endpoint: String, in upstream: String) {
    writer.note(sighting, of: endpoint, in: upstream)
  }

  /// Problems that are no exchange's.
  func offer(_ counts: [ProblemCount]) { writer.offer(counts) }

  /// Hands over the counts of the seconds that are over; for one timer of the process.
  func tick(at now: Instant) {
    let counts = intake.withLock { $0.due(at: now) }
    if !counts.isEmpty { writer.offer(counts) }
  }
}

extension StoreBounds {
  fileprivate init(_ configuration: IncidentsConfiguration) {
    self.init(
      count: configuration.count, bytes: configuration.size, age: .nanoseconds(configuration.age.nanoseconds))
  }
}

extension ProblemKey {
  /// The names that the numbers of an intake key stand for.
  fileprivate init(_ place: IntakeKey, in configuration: Configuration) {
    let (route, upstream, endpoint) = (Int(place.route), Int(place.upstream), Int(place.endpoint))
    let upstreams = configuration.upstreams
    let endpoints = upstream < upstreams.count ? upstreams[upstream].endpoints : []
    self.init(
      cause: place.cause.identifier,
      route: route < configuration.routes.count ? configuration.routes[route].name : nil,
      upstream: upstream < upstreams.count ? upstreams[upstream].name : nil,
      endpoint: endpoint < endpoints.count ? endpoints[endpoint].url : nil)
  }
}
