public import SluiceIncidents

/// What the store knows around an incident: everything that its diagnosis is made from beside itself.
public struct IncidentSurroundings: Sendable {
  /// The gateway looks when a problem begins, a moment after its first incident. Milliseconds.
  private static let lookedBefore: Int64 = 60_000
  private static let lookedAfter: Int64 = 30_000
  /// Milliseconds before and after the incident in which other problems are its neighbours.
  private static let neighbourTime: Int64 = 10_000
  /// Problems that are looked at, its own first.
  private static let neighboursMax = 64

  /// The problem that it belongs to.
  public var problem: Problem?
  /// Problems of that moment, its own one included.
  public var neighbours: [Problem] = []
  /// Changes since ten minutes before it.
  public var changes: [Change] = []
  /// Of the incident's endpoint, at about its time.
  public var examination: Examination?

  /// Nothing is known.
  public init() {}

  /// - Parameter now: Unix time in milliseconds.
  /// - Throws: `StoreError`.
  public init(of incident: Incident, in reader: IncidentReader, at now: Int64) throws(StoreError) {
    guard let time = incident.time else { return }
    var filter = IncidentFilter()
    filter.since = time - Self.neighbourTime
    filter.until = time + Self.neighbourTime
    neighbours = try reader.problems(filter, limit: Self.neighboursMax, at: now)
    // Its own first: there may be more problems than are looked at.
    if let own = try reader.problem(of: incident.record.id, at: now) {
      problem = own
      neighbours.removeAll { $0.number == own.number }
      neighbours.insert(own, at: 0)
    }
    changes = try reader.changes(since: time - Change.suspectTime)
    guard let endpoint = incident.blamedEndpoint else { return }
    let seen = try reader.examination(
      of: endpoint, upstream: incident.record.upstream, near: time, before: Self.lookedBefore,
      after: Self.lookedAfter)
    examination = try seen.map { seen throws(StoreError) in try Self.completed(seen, in: reader) }
  }

  public func diagnosis(of incident: Incident) -> Diagnosis {
    diagnose(incident, neighbours: neighbours, changes: changes, examination: examination)
  }

  /// How a process ended may have been stored after the look.
  private static func completed(
    _ examination: Examination, in reader: IncidentReader
  ) throws(StoreError) -> Examination {
    guard case .value(var listeners)? = examination.listeners else { return examination }
    let target = examination.target
    let known = try reader.sightings(endpoint: target.endpoint, upstream: target.upstream)
      .filter { $0.firstSeen <= examination.time }
    guard !known.isEmpty else { return examination }
    listeners.history = known
    var completed = examination
    completed.listeners = .value(listeners)
    return completed
  }
}
