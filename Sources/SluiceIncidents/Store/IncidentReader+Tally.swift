internal import GRDB

extension IncidentReader {
  /// Where incidents with a status concentrate, and which was the last.
  ///
  /// - Parameters:
  ///   - time: Unix time in milliseconds, from which on they are counted; the last one may be older.
  ///   - now: the same, from which follows what is ongoing.
  /// - Throws: `StoreError`.
  public func tally(status: Int, since time: Int64, at now: Int64) throws(StoreError) -> IncidentTally {
    try tally(where: "incident.status = ?", [status], since: time, at: now)
  }

  /// The same of incidents with any of some causes.
  ///
  /// - Parameter causes: identifiers.
  /// - Throws: `StoreError`.
  public func tally(causes: [String], since time: Int64, at now: Int64) throws(StoreError) -> IncidentTally {
    guard !causes.isEmpty else { return IncidentTally() }
    let places = Array(repeating: "?", count: causes.count).joined(separator: ", ")
    return try tally(where: "problem.cause IN (\(places))", StatementArguments(causes), since: time, at: now)
  }

  private func tally(
    where condition: String, _ values: StatementArguments, since time: Int64, at now: Int64
  ) throws(StoreError) -> IncidentTally {
    try read { db in
      let from = "FROM incident JOIN problem ON problem.number = incident.problem WHERE \(condition)"
      var tally = IncidentTally()
      tally.places = try Row.fetchAll(
        db,
        sql: """
          SELECT problem.upstream AS upstream, count(*) AS kept, sum(incident.kind = ?) AS absorbed \(from)
          AND incident.time >= ? GROUP BY problem.upstream ORDER BY kept DESC, upstream LIMIT ?
          """, arguments: [IncidentKind.absorbed.rawValue] + values + [time, IncidentTally.placesMax]
      ).map {
        IncidentTally.Place(
          upstream: try $0.value("upstream"), kept: try $0.value("kept"), absorbed: try $0.value("absorbed"))
      }
      tally.last = try Row.fetchOne(
        db,
        sql: """
          SELECT incident.id, incident.time, incident.status, problem.cause, problem.upstream, problem.endpoint \(from)
          ORDER BY incident.number DESC LIMIT 1
          """, arguments: values
      ).map {
        IncidentTally.Last(
          id: try $0.value("id"), time: try $0.value("time"), status: try $0.value("status"),
          cause: try $0.value("cause"), upstream: try $0.value("upstream"), endpoint: try $0.value("endpoint"))
      }
      tally.ongoing =
        try Int.fetchOne(
          db,
          sql: "SELECT count(DISTINCT problem.number) \(from) AND problem.isOver = 0 AND problem.lastSeen > ?",
          arguments: values + [now - ProblemTracker.quietMilliseconds]) ?? 0
      return tally
    }
  }
}
