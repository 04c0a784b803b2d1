internal import GRDB

extension IncidentReader {
  /// Incidents in the order in which they were stored, which is that of their ends.
  ///
  /// - Parameters:
  ///   - limit: at most `limitMax`.
  ///   - after: of an earlier page: behind it in the same direction. One of an earlier store begins anew.
  /// - Throws: `StoreError`.
  public func incidents(
    _ filter: IncidentFilter = IncidentFilter(), limit: Int, newestFirst: Bool = true, after: IncidentCursor? = nil
  ) throws(StoreError) -> IncidentPage {
    let limit = min(max(limit, 1), Self.limitMax)
    return try read { db in
      let last = try Int64.fetchOne(db, sql: "SELECT max(number) FROM incident") ?? 0
      var conditions = Conditions(incidents: filter)
      if let after, after.number <= last {
        conditions.add("incident.number \(newestFirst ? "<" : ">") ?", after.number)
      }
      let rows = try Row.fetchAll(
        db,
        sql: """
          \(Self.select) LEFT JOIN problem ON problem.number = incident.problem \(conditions.clause)
          ORDER BY incident.number \(newestFirst ? "DESC" : "ASC") LIMIT ?
          """, arguments: conditions.arguments + [limit])
      var page = IncidentPage()
      page.isMore = rows.count == limit
      page.end = last > 0 ? IncidentCursor(number: last) : nil
      for row in rows {
        guard let incident = try StoredIncident.incident(row) else {
          page.unreadable += 1
          continue
        }
        page.incidents.append(incident)
      }
      let end: Int64? = page.isMore || newestFirst ? try rows.last?.value("number") : last
      page.cursor = (end ?? after?.number).map { IncidentCursor(number: min($0, last)) }
      return page
    }
  }

  /// Problems, the ones seen last first.
  ///
  /// - Parameters:
  ///   - filter: by time, those that were seen within it; by status or kind, those with a stored incident of it.
  ///   - state: nil: any.
  ///   - limit: at most `limitMax`.
  ///   - after: the last one of an earlier page: those behind it.
  ///   - now: Unix time in milliseconds, from which their states follow.
  /// - Throws: `StoreError`.
  public func problems(
    _ filter: IncidentFilter = IncidentFilter(), state: Problem.State? = nil, limit: Int, after: ProblemCursor? = nil,
    at now: Int64
  ) throws(StoreError) -> [Problem] {
    let limit = min(max(limit, 1), Self.limitMax)
    return try read { db in
      var conditions = Conditions(problems: filter)
      if let state { conditions.add(state, at: now) }
      if let after {
        conditions.add("(lastSeen < ? OR lastSeen = ? AND number < ?)", after.lastSeen, after.lastSeen, after.number)
      }
      return try Row.fetchAll(
        db, sql: "\(ProblemRow.select) \(conditions.clause) ORDER BY lastSeen DESC, number DESC LIMIT ?",
        arguments: conditions.arguments + [limit]
      ).map { try ProblemRow.problem($0, at: now) }
    }
  }

  /// A problem by its number; nil: there is none, or not any more.
  ///
  /// - Throws: `StoreError`.
  public func problem(number: Int64, at now: Int64) throws(StoreError) -> Problem? {
    try read { db in
      try Row.fetchOne(db, sql: "\(ProblemRow.select) WHERE number = ?", arguments: [number])
        .map { try ProblemRow.problem($0, at: now) }
    }
  }

  /// How many stored incidents of a problem began in each minute since a time, by the minute's beginning (Unix,
  /// milliseconds); a minute without one is left out.
  ///
  /// - Throws: `StoreError`.
  public func minutes(ofProblem number: Int64, since time: Int64) throws(StoreError) -> [Int64: Int64] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT time / 60000 * 60000 AS minute, count(*) AS count FROM incident
          WHERE problem = ? AND time >= ? GROUP BY minute
          """, arguments: [number, time])
      var counts: [Int64: Int64] = [:]
      for row in rows { counts[try row.value("minute")] = try row.value("count") }
      return counts
    }
  }

  /// Changes at or after a time (Unix, milliseconds), the latest first; at most `limitMax`.
  ///
  /// - Throws: `StoreError`.
  public func changes(since time: Int64) throws(StoreError) -> [Change] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM change WHERE time >= ? ORDER BY time DESC, number DESC LIMIT ?",
        arguments: [time, Self.limitMax]
      ).compactMap { row in
        try Change.Kind(rawValue: row.value("kind")).map {
          Change(
            kind: $0, time: try row.value("time"), text: try row.value("text"), upstream: try row.value("upstream"))
        }
      }
    }
  }

  /// - Parameter now: Unix time in milliseconds, from which follows what is ongoing.
  /// - Throws: `StoreError`.
  public func statistics(at now: Int64) throws(StoreError) -> StoreStatistics {
    let bytes = storedBytes
    return try read { db in
      func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
      }
      return StoreStatistics(
        incidents: try number("SELECT count(*) FROM incident"),
        problems: try number("SELECT count(*) FROM problem"),
        ongoing: try number(
          "SELECT count(*) FROM problem WHERE isOver = 0 AND lastSeen > ?", [now - ProblemTracker.quietMilliseconds]),
        changes: try number("SELECT count(*) FROM change"),
        oldest: try Int64.fetchOne(db, sql: "SELECT time FROM incident ORDER BY number LIMIT 1"),
        newest: try Int64.fetchOne(db, sql: "SELECT time FROM incident ORDER BY number DESC LIMIT 1"),
        bytes: bytes)
    }
  }
}

/// The conditions of a filter, and their values.
private struct Conditions {
  private var texts: [String] = []
  private(set) var arguments = StatementArguments()

  var clause: String { texts.isEmpty ? "" : "WHERE " + texts.joined(separator: " AND ") }

  mutating func add(_ text: String, _ value: (any DatabaseValueConvertible)?...) {
    texts.append(text)
    arguments += StatementArguments(value)
  }

  mutating func add(_ state: Problem.State, at now: Int64) {
    let quiet = now - ProblemTracker.quietMilliseconds
    switch state {
    case .ongoing: add("isOver = 0 AND lastSeen > ?", quiet)
    case .over: add("(isOver = 1 OR lastSeen <= ?)", quiet)
    }
  }

  init(incidents filter: IncidentFilter) {
    if let since = filter.since { add("incident.time >= ?", since) }
    if let until = filter.until { add("incident.time < ?", until) }
    if let status = filter.status { add("incident.status = ?", Int(status)) }
    if let kind = filter.kind { add("incident.kind = ?", kind.rawValue) }
    addPlace(filter)
  }

  init(problems filter: IncidentFilter) {
    if let since = filter.since { add("problem.lastSeen >= ?", since) }
    if let until = filter.until { add("problem.firstSeen < ?", until) }
    let has = "EXISTS (SELECT 1 FROM incident WHERE incident.problem = problem.number AND incident."
    if let status = filter.status { add(has + "status = ?)", Int(status)) }
    if let kind = filter.kind { add(has + "kind = ?)", kind.rawValue) }
    addPlace(filter)
  }

  private mutating func addPlace(_ filter: IncidentFilter) {
    if !filter.causes.isEmpty {
      texts.append("problem.cause IN (\(Array(repeating: "?", count: filter.causes.count).joined(separator: ", ")))")
      arguments += StatementArguments(filter.causes)
    }
    if let upstream = filter.upstream { add("problem.upstream = ?", upstream) }
    if let route = filter.route { add("problem.route = ?", route) }
    if let who = filter.who { add("problem.who = ?", who) }
    if let problem = filter.problem { add("problem.number = ?", problem) }
  }
}
