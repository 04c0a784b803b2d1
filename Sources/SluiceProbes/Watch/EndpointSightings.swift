internal import SluiceIncidents

/// What the watch knows of one endpoint: a value that is told what was seen, and says what to keep and to tell.
///
/// A process is known until it ends, also where it no longer listens. What listens first after another process, or
/// elsewhere after the endpoint was left, is a change.
struct EndpointSightings {
  enum Effect: Equatable {
    case keep(ProcessSighting)
    /// A sentence.
    case tell(String)
  }

  /// Processes of one endpoint that are known at a time: a program with more workers is told of by these.
  static let processesMax = 16
  /// Between two times that what goes on is kept, in milliseconds.
  static let keepPause: Int64 = 60_000

  let endpoint: String
  /// By process number.
  private(set) var known: [Int32: ProcessSighting] = [:]
  /// The one that listened last, and is no worker.
  private(set) var main: ProcessSighting?
  private var listening: Set<Int32> = []
  private var elsewhere: Set<Int32> = []
  private var keptAt: Int64?

  init(endpoint: String) { self.endpoint = endpoint }

  /// Whether somebody has listened, and nobody does.
  var isLeft: Bool { main != nil && listening.isEmpty }

  /// Who listens at the endpoint, the parent of the others first.
  mutating func saw(_ seen: [ProcessSighting], at now: Int64) -> [Effect] {
    var effects: [Effect] = []
    for one in seen.prefix(Self.processesMax) {
      var sighting = one
      if let before = known[one.process], before.isSameStart(as: one), !before.isElsewhere {
        guard before.addresses != one.addresses || !listening.contains(one.process) else { continue }
        sighting.firstSeen = before.firstSeen
      } else if known.count >= Self.processesMax {
        continue
      }
      known[one.process] = sighting
      effects.append(.keep(sighting))
    }
    listening = Set(seen.map(\.process))
    elsewhere.subtract(listening)
    if let first = seen.first(where: { !$0.isWorker }) {
      if let main, !main.isSameStart(as: first) { effects.append(.tell(replacement(of: main, by: first))) }
      main = first
    }
    return effects + touch(at: now)
  }

  /// Where the program listens that has left the endpoint.
  mutating func sawElsewhere(_ seen: [ProcessSighting], at now: Int64) -> [Effect] {
    var effects: [Effect] = []
    for one in seen.prefix(Self.processesMax) where !elsewhere.contains(one.process) {
      guard known.count < Self.processesMax || known[one.process] != nil else { break }
      elsewhere.insert(one.process)
      var sighting = one
      sighting.isElsewhere = true
      known[one.process] = sighting
      let place = one.addresses.joined(separator: ", ")
      effects += [
        .keep(sighting), .tell("the program of \(endpoint) listens at \(place) now (process \(one.process))"),
      ]
    }
    return effects
  }

  /// A process has ended, or more is known of how it did.
  mutating func ended(_ process: Int32, _ end: ProcessEnd, at now: Int64) -> [Effect] {
    guard var sighting = known[process] else { return [] }
    sighting.endedAt = sighting.endedAt ?? now
    sighting.lastSeen = max(sighting.lastSeen, now)
    sighting.exitStatus = end.exitStatus
    sighting.signal = end.signal
    sighting.isOutOfMemory = end.isOutOfMemory
    sighting.cgroupKills = end.cgroupKills
    known[process] = end.isFinal ? nil : sighting
    listening.remove(process)
    elsewhere.remove(process)
    if main?.process == process { main = sighting }
    return [.keep(sighting)]
  }

  /// Keeps from time to time that those that listen still do.
  private mutating func touch(at now: Int64) -> [Effect] {
    // A wall clock that was set back is no reason to wait for it.
    if let keptAt, now >= keptAt, now - keptAt < Self.keepPause { return [] }
    let isFirst = keptAt == nil
    keptAt = now
    var effects: [Effect] = []
    for process in listening.union(elsewhere).sorted() {
      known[process]?.lastSeen = now
      if !isFirst, let sighting = known[process] { effects.append(.keep(sighting)) }
    }
    return effects
  }

  mutating func tick(at now: Int64) -> [Effect] { touch(at: now) }

  private func replacement(of before: ProcessSighting, by after: ProcessSighting) -> String {
    var words = "\(endpoint) is served by process \(after.process) (\(after.name)) now, before by \(before.process)"
    if before.name != after.name { words += " (\(before.name))" }
    if before.container != after.container { words += ", in another container" }
    if before.program != after.program {
      words += ", from another program file"
    } else if let old = before.programChangedAt, let new = after.programChangedAt, old != new {
      words += ", from a program file that was changed meanwhile"
    }
    if CommandText.withoutNumbers(before.command) != CommandText.withoutNumbers(after.command) {
      words += ", with other arguments"
    }
    return words
  }
}

extension ProcessSighting {
  func isSameStart(as other: ProcessSighting) -> Bool {
    guard process == other.process else { return false }
    guard let startedAt, let otherStart = other.startedAt else { return true }
    // Both follow the wall clock, which is set now and then.
    return abs(startedAt - otherStart) < 2_000
  }
}
