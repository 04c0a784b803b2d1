internal import GRDB

/// What is too much goes, the oldest first, in steps that take a few milliseconds.
extension StoreConnection {
  /// Incidents of one step.
  private static let stepCount: Int64 = 256
  /// Steps within the transaction of a batch: room for it, and some of an older surplus.
  private static let batchSteps = 8
  /// Pages that one step gives back to the file system.
  private static let vacuumPages = 256
  /// Problems and changes that are kept without incidents.
  private static let problemsMax = 10_000
  private static let changesMax = 10_000
  /// An incident that is further in the future came from a wrong clock, and counts as old: 1 day.
  private static let futureMax: Int64 = 86_400_000

  /// Removes one step of what is too much.
  ///
  /// - Returns: whether more is.
  func removeSurplus(at now: Int64) throws -> Bool {
    try queue.inDatabase { db in
      try emptyLog(db)
      var isMore = false
      if try isSurplus(db, at: now) {
        try db.inTransaction(.immediate) {
          isMore = try makeRoom(db, count: 0, bytes: 0, at: now)
          return .commit
        }
      }
      let (pages, free) = try pages(db)
      guard free > 0, pages * StoreSchema.pageBytes > bounds.pageBytes else { return isMore }
      try db.execute(sql: "PRAGMA incremental_vacuum(\(Self.vacuumPages))")
      return isMore || (pages - Self.vacuumPages) * StoreSchema.pageBytes > bounds.pageBytes && free > Self.vacuumPages
    }
  }

  /// Removes problems and changes that nothing needs any more. For about once a minute.
  func removeOld(at now: Int64) throws {
    let oldest = bounds.oldest(at: now)
    try queue.inDatabase { db in
      try db.inTransaction(.immediate) {
        try db.execute(
          sql: "DELETE FROM change WHERE time < ? OR number <= (SELECT max(number) FROM change) - ?",
          arguments: [oldest, Self.changesMax])
        try removeOldTraffic(db, at: now)
        try removeOldNotes(db, before: oldest, at: now)
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM problem") ?? 0
        try removeProblems(db, before: count > Self.problemsMax ? .max : oldest)
        return .commit
      }
    }
  }

  private func removeProblems(_ db: Database, before time: Int64) throws {
    try db.execute(
      sql: """
        DELETE FROM problem WHERE number IN (
          SELECT number FROM problem AS old
          WHERE isOver = 1 AND lastSeen < ? AND NOT EXISTS (SELECT 1 FROM incident WHERE problem = old.number)
          ORDER BY lastSeen LIMIT ?)
        """, arguments: [time, Self.stepCount])
  }

  private func isSurplus(_ db: Database, at now: Int64) throws -> Bool {
    guard let (first, last) = try numbers(db), first < last else { return false }
    if last - first >= bounds.countInForce { return true }
    let (pages, free) = try pages(db)
    if (pages - free) * StoreSchema.pageBytes > bounds.pageBytes { return true }
    return try firstToKeep(db, from: first, at: now) != first
  }

  /// Removes what is too old, and what would be too much with a batch.
  ///
  /// - Returns: whether there is more than the steps took.
  func makeRoom(_ db: Database, count: Int, bytes: Int, at now: Int64) throws -> Bool {
    for _ in 0..<Self.batchSteps {
      guard let (first, last) = try numbers(db) else { return false }
      var keep = try firstToKeep(db, from: first, at: now) ?? first + Self.stepCount
      // With a tenth for what a batch changes beside its own rows.
      let (pages, free) = try pages(db)
      let isFull = (pages - free) * StoreSchema.pageBytes + bytes + bytes / 10 > bounds.pageBytes
      if isFull { keep = max(keep, first + Self.stepCount / 4) }
      keep = max(keep, min(last + 1 + Int64(count) - Int64(bounds.countInForce), first + Self.stepCount))
      // The last one stays for its number, from which the next ones count on.
      keep = min(keep, last)
      guard keep > first else {
        if isFull { try removeProblems(db, before: .max) }
        return false
      }
      try db.cachedStatement(sql: "DELETE FROM detail WHERE number < ?").execute(arguments: [keep])
      try db.cachedStatement(sql: "DELETE FROM incident WHERE number < ?").execute(arguments: [keep])
    }
    return true
  }

  /// First and last; nil where there is none.
  private func numbers(_ db: Database) throws -> (Int64, Int64)? {
    let sql = "SELECT (SELECT min(number) FROM incident), (SELECT max(number) FROM incident)"
    guard let row = try Row.fetchOne(db.cachedStatement(sql: sql)),
      let first = try row.decode(Int64?.self, atIndex: 0), let last = try row.decode(Int64?.self, atIndex: 1)
    else { return nil }
    // Ours count from 1. Others are no sums that could be trusted.
    guard first > 0, last < 1 << 62 else { throw StoreFailure.damaged("numbers of incidents") }
    return (first, last)
  }

  /// The first incident that is not too old; nil where a whole step is.
  private func firstToKeep(_ db: Database, from first: Int64, at now: Int64) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: "SELECT number FROM incident WHERE number < ? AND time >= ? AND time <= ? ORDER BY number LIMIT 1"),
      arguments: [first + Self.stepCount, bounds.oldest(at: now), now + Self.futureMax])
  }

  /// All pages of the file, and those that are free.
  private func pages(_ db: Database) throws -> (Int, Int) {
    let pages = try Int.fetchOne(db.cachedStatement(sql: "PRAGMA page_count")) ?? 0
    let free = try Int.fetchOne(db.cachedStatement(sql: "PRAGMA freelist_count")) ?? 0
    return (pages, free)
  }

  /// Where a reader has kept the log from being begun anew it is emptied now, before it comes to its bound.
  ///
  /// - Throws: `StoreFailure.logHeld` where the reader still holds it.
  func emptyLog(_ db: Database) throws {
    let bound = bounds.logBytes / 4 * 3
    guard file.bytes("-wal") > bound else { return }
    do {
      _ = try db.checkpoint(.truncate)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw StoreFailure.logHeld
    }
    guard file.bytes("-wal") <= bound else { throw StoreFailure.logHeld }
  }
}
