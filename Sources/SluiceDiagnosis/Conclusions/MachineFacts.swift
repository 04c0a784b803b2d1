internal import SluiceCore
internal import SluiceIncidents

/// Questions that rules over the endpoint's machine ask an examination.
struct MachineFacts {
  /// In which what has ended explains what fails now, in milliseconds: 10 minutes.
  static let recently: Int64 = 600_000
  /// A first byte that takes longer is slow, in milliseconds.
  static let slowMs = 1_000.0

  let examination: Examination
  let listeners: ListenersSeen?
  let resources: ResourcesSeen?

  init(_ examination: Examination) {
    self.examination = examination
    listeners = examination.listeners?.value
    resources = examination.resources?.value
  }

  var place: String { Shown.text(examination.target.endpoint) }
  var now: Int64 { examination.time }

  // MARK: How the endpoint does

  var answer: ResponseSeen? { examination.responses?.value?.first { $0.question == .configured } }

  /// Whether a connection came about; nil: none was tried, or it is not known what came of it.
  var connects: Bool? {
    if answer?.cause == nil, answer?.status != nil { return true }
    guard let connections = examination.connections?.value, !connections.isEmpty else { return nil }
    return connections.contains { $0.cause == nil }
  }

  /// Whether a request to the endpoint fails or is slow; nil: nobody asked.
  var suffers: Bool? {
    if let answer { return answer.cause != nil || (answer.firstByteMs ?? 0) >= Self.slowMs }
    if connects == false { return true }
    guard let record = examination.gatewayRecord?.value else { return nil }
    return record.problems.contains { $0.state == .ongoing } ? true : nil
  }

  /// Whether requests wait for the application: in its accept queue, or in connections that it does not read.
  var isWaitedFor: Bool { queued > 0 || unread > 0 }

  /// The verdict of a limit that was met: it explains failures, and is worth a look where there are none.
  func sure(_ sureness: Sureness) -> Sureness {
    suffers == true || suffers == nil && isWaitedFor ? sureness : .possible
  }

  // MARK: Who listens

  /// The sockets that connections to the endpoint are taken by.
  var here: [ListeningSocketSeen] { listeners?.here ?? [] }
  var queued: Int { here.map(\.queued).reduce(0, +) }

  /// The owners of these sockets: parents first.
  var serving: [ProcessSeen] {
    let numbers = here.flatMap { [$0.process].compactMap { $0 } + $0.sharedBy }
    return (listeners?.processes ?? []).filter { numbers.contains($0.process) }
  }

  var main: ProcessSeen? { here.compactMap(\.process).first.flatMap(process) }

  /// Those that handle requests: where a program has forked, its children and not the parent, which waits for them.
  var workers: [ProcessSeen] {
    let parents = Set(serving.compactMap(\.parent))
    return serving.count > 1 ? serving.filter { !parents.contains($0.process) } : serving
  }

  var unread: Int { serving.compactMap(\.unreadCount).reduce(0, +) }

  /// Of one core; nil: not measured.
  var cpuShare: Double? {
    let shares = serving.compactMap(\.cpuShare)
    return shares.isEmpty ? nil : shares.reduce(0, +)
  }

  func process(_ number: Int32) -> ProcessSeen? { listeners?.processes.first { $0.process == number } }

  // MARK: Who listened

  /// At the endpoint itself, the latest first.
  var history: [ProcessSighting] { (listeners?.history ?? []).filter { !$0.isElsewhere && !$0.isWorker } }

  /// The one that listened last, if that has ended or is not seen any more.
  var last: ProcessSighting? { history.first }

  /// Sightings that ended within ten minutes before the look.
  var endedRecently: [ProcessSighting] { history.filter { ended($0) } }

  var workersEndedRecently: [ProcessSighting] {
    (listeners?.history ?? []).filter { $0.isWorker && !$0.isElsewhere && ended($0) }
  }

  private func ended(_ sighting: ProcessSighting) -> Bool {
    guard let end = sighting.endedAt else { return false }
    return now - end <= Self.recently
  }
}
