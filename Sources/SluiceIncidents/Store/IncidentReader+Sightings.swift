internal import GRDB

extension IncidentReader {
  /// Who listened at an endpoint, as far as gateways watched it; the latest first, at most 64 of the last day.
  ///
  /// - Parameters:
  ///   - endpoint: as configured.
  ///   - upstream: nil: of any.
  /// - Throws: `StoreError`.
  public func sightings(endpoint: String, upstream: String?) throws(StoreError) -> [ProcessSighting] {
    try read { db in
      // An older version's store has none.
      guard try db.tableExists("sighting") else { return [] }
      let documents = try String.fetchAll(
        db,
        sql: """
          SELECT document FROM sighting WHERE endpoint = ? AND (upstream = ? OR ? IS NULL)
          ORDER BY firstSeen DESC, number DESC LIMIT ?
          """, arguments: [endpoint, upstream, upstream, StoredSighting.countMax])
      return ProcessSighting.merged(documents.compactMap(StoredSighting.sighting))
    }
  }
}

extension ProcessSighting {
  /// Start times of one process differ by this much at most, in milliseconds: they follow the wall clock.
  private static let startDifferenceMax: Int64 = 2_000

  /// The same process seen by two gateways, or by one before and after its restart, is one.
  ///
  /// - Parameter sightings: the latest first.
  static func merged(_ sightings: [ProcessSighting]) -> [ProcessSighting] {
    var merged: [ProcessSighting] = []
    for sighting in sightings {
      if let index = merged.firstIndex(where: { $0.isSameProcess(as: sighting) }) {
        merged[index].join(sighting)
      } else {
        merged.append(sighting)
      }
    }
    return merged
  }

  private func isSameProcess(as other: ProcessSighting) -> Bool {
    guard process == other.process, isElsewhere == other.isElsewhere else { return false }
    guard let startedAt, let otherStart = other.startedAt else { return false }
    return abs(startedAt - otherStart) <= Self.startDifferenceMax
  }

  private mutating func join(_ earlier: ProcessSighting) {
    firstSeen = min(firstSeen, earlier.firstSeen)
    lastSeen = max(lastSeen, earlier.lastSeen)
    endedAt = endedAt ?? earlier.endedAt
    exitStatus = exitStatus ?? earlier.exitStatus
    signal = signal ?? earlier.signal
    isOutOfMemory = isOutOfMemory ?? earlier.isOutOfMemory
    cgroupKills = cgroupKills ?? earlier.cgroupKills
  }
}
