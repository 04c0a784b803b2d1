internal import GRDB

extension StoreConnection {
  /// Writes what is new of an episode, and finds out which of the events are ours to tell: two gateways with one file
  /// see the same problem, and only one of them changes the row.
  ///
  /// - Returns: the problem's number.
  func save(
    _ episode: ProblemTracker.Episode, _ db: Database, _ events: [ProblemEvent],
    _ toldElsewhere: inout [ProblemEvent], at now: Int64
  ) throws -> Int64 {
    let problem = episode.problem
    let mine = events.filter { $0.problem.key == problem.key }
    guard let number = try row(of: episode, db, at: now) else { return try insert(episode, db) }
    if problem.number == 0 {
      toldElsewhere += mine.filter { if case .started = $0 { true } else { false } }
    }
    if episode.isPersistenceTold {
      try db.cachedStatement(
        sql: "UPDATE problem SET isPersistenceTold = 1 WHERE number = ? AND isPersistenceTold = 0"
      ).execute(arguments: [number])
      if db.changesCount == 0 { toldElsewhere += mine.filter { if case .persists = $0 { true } else { false } } }
    }
    try db.cachedStatement(
      sql: """
        UPDATE problem SET firstSeen = min(firstSeen, ?), lastSeen = max(lastSeen, ?), count = count + ?,
          absorbed = absorbed + ?, lastMinute = ?, example = coalesce(example, ?)
        WHERE number = ?
        """
    ).execute(arguments: [
      problem.firstSeen, problem.lastSeen, episode.unsavedCount, episode.unsavedAbsorbed, problem.lastMinute,
      problem.example, number,
    ])
    if episode.isOver {
      try db.cachedStatement(sql: "UPDATE problem SET isOver = 1 WHERE number = ? AND isOver = 0 AND lastSeen <= ?")
        .execute(arguments: [number, problem.lastSeen])
      if db.changesCount == 0 { toldElsewhere += mine.filter { if case .ended = $0 { true } else { false } } }
    }
    return number
  }

  /// The number of the row that is there: the episode's own, or the one that another gateway has begun.
  private func row(of episode: ProblemTracker.Episode, _ db: Database, at now: Int64) throws -> Int64? {
    let problem = episode.problem
    if problem.number != 0 {
      return try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT number FROM problem WHERE number = ?"), arguments: [problem.number])
    }
    return try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT number FROM problem
          WHERE isOver = 0 AND cause = ? AND route IS ? AND upstream IS ? AND endpoint IS ? AND lastSeen > ?
          ORDER BY lastSeen DESC LIMIT 1
          """),
      arguments: [
        problem.key.cause, problem.key.route, problem.key.upstream, problem.key.endpoint,
        now - ProblemTracker.quietMilliseconds,
      ])
  }

  private func insert(_ episode: ProblemTracker.Episode, _ db: Database) throws -> Int64 {
    let (problem, key) = (episode.problem, episode.problem.key)
    try db.cachedStatement(
      sql: """
        INSERT INTO problem (cause, route, upstream, endpoint, who, firstSeen, lastSeen, count, absorbed, lastMinute,
          example, isPersistenceTold, isOver)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      key.cause, key.route, key.upstream, key.endpoint, problem.who, problem.firstSeen, problem.lastSeen,
      problem.count, problem.absorbed, problem.lastMinute, problem.example, episode.isPersistenceTold, episode.isOver,
    ])
    return db.lastInsertedRowID
  }
}
