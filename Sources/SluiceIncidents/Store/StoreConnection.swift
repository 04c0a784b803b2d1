#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import GRDB
internal import SluiceCore
internal import Synchronization

/// The open file, on the store's thread.
///
/// After any error but a lock it is closed and opened again: SQLite keeps an error of the disk in its cache of pages.
struct StoreConnection: Sendable {
  /// Between two looks at a lock, and how many there are: about a second.
  private static let lockPause = 10
  private static let lockTries = 100
  /// Further tries to open a file that other gateways begin at the same time.
  private static let openTries = 10
  /// Incidents of one transaction.
  static let batchCountMax = 512

  let file: StoreFile
  let identity: StoreFile.Identity
  let queue: DatabaseQueue
  let encoder = JSONEncoder()
  private(set) var bounds: StoreBounds

  /// Opens the file, and makes it where it is missing.
  ///
  /// - Parameter isAbandoned: whether the end of the process no longer waits for a lock.
  /// - Throws: `StoreFailure`.
  init(_ file: StoreFile, bounds: StoreBounds, isAbandoned: @escaping @Sendable () -> Bool) throws(StoreFailure) {
    self.file = file
    self.bounds = bounds
    identity = try file.create()
    var configuration = Configuration()
    configuration.label = "incidents"
    configuration.foreignKeysEnabled = false
    let refusal = LockRefusal()
    configuration.busyMode = .callback { tries in
      guard tries < Self.lockTries, !isAbandoned() else {
        refusal.isFinal.store(true, ordering: .relaxed)
        return false
      }
      pause(milliseconds: Self.lockPause)
      return true
    }
    configuration.prepareDatabase { db in
      try StoreSchema.check(db)
      try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      _ = try Int.fetchOne(db, sql: "PRAGMA secure_delete = FAST")
    }
    do {
      queue = try Self.open(file, configuration) { refusal.isFinal.load(ordering: .relaxed) }
      try queue.inDatabase { try Self.limitLog($0, bounds) }
    } catch {
      throw StoreFailure(error)
    }
  }

  /// Opens the file and brings it into this version's form.
  ///
  /// Another gateway may be at it. What it has done meanwhile fails here, and is known at the next try; SQLite tells
  /// some of that as a lock, for which it does not wait.
  ///
  /// - Parameter wasRefused: whether a lock was waited for in vain.
  private static func open(
    _ file: StoreFile, _ configuration: Configuration, wasRefused: () -> Bool
  ) throws -> DatabaseQueue {
    var left = openTries
    while true {
      do {
        let queue = try DatabaseQueue(path: file.path, configuration: configuration)
        try StoreSchema.migrator.migrate(queue)
        return queue
      } catch let error as DatabaseError where left > 0 && !wasRefused() {
        guard [.SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_BUSY].contains(error.resultCode) else { throw error }
        left -= 1
        pause(milliseconds: lockPause)
      }
    }
  }

  func close() { try? queue.close() }

  mutating func adopt(_ bounds: StoreBounds) throws {
    guard bounds != self.bounds else { return }
    self.bounds = bounds
    try queue.inDatabase { try Self.limitLog($0, bounds) }
  }

  private static func limitLog(_ db: Database, _ bounds: StoreBounds) throws {
    _ = try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint = \(bounds.checkpointPages)")
    _ = try Int.fetchOne(db, sql: "PRAGMA journal_size_limit = \(bounds.logBytes / 2)")
  }

  /// Problems whose end nobody has told, the latest first.
  func ongoing() throws -> [(problem: Problem, isPersistenceTold: Bool)] {
    try queue.inDatabase { db in
      let sql = "\(ProblemRow.select) WHERE isOver = 0 ORDER BY lastSeen DESC LIMIT \(ProblemTracker.episodesMax)"
      return try Row.fetchAll(db, sql: sql).map { row in
        (try ProblemRow.problem(row, at: row.value("lastSeen")), try row.value("isPersistenceTold"))
      }
    }
  }

  // MARK: Writing

  /// Writes a batch in one transaction, after making room for it.
  ///
  /// - Throws: whatever SQLite says, or `StoreFailure.logHeld`; then nothing of the batch is in the store.
  func write(_ batch: StoreBatch, at now: Int64) throws -> StoreOutcome {
    try queue.inDatabase { db in
      try emptyLog(db)
      var outcome = StoreOutcome()
      try db.inTransaction(.immediate) {
        outcome = StoreOutcome()
        _ = try makeRoom(db, count: batch.entries.count, bytes: batch.bytes, at: now)
        for episode in batch.episodes {
          outcome.numbers[episode.problem.key] = try save(episode, db, batch.events, &outcome.toldElsewhere, at: now)
        }
        try insert(batch, db, &outcome)
        for note in batch.notes { try insert(note, db) }
        return .commit
      }
      return outcome
    }
  }

  /// Finds out whether the disk takes anything, where there is nothing to write.
  func probe() throws {
    try queue.inDatabase { try $0.execute(sql: "PRAGMA user_version = \(StoreSchema.version)") }
  }

  private func insert(_ batch: StoreBatch, _ db: Database, _ outcome: inout StoreOutcome) throws {
    guard !batch.entries.isEmpty else { return }
    var number = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(number) FROM incident")) ?? 0
    let incident = try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO incident (number, id, time, kind, status, problem, clientRequestId)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    let detail = try db.cachedStatement(sql: "INSERT INTO detail (number, record, evidence) VALUES (?, ?, ?)")
    let others = outcome.numbers[.overflow] ?? batch.numbers[.overflow] ?? 0
    for queued in batch.entries {
      let entry = queued.entry
      guard let record = StoredLine.text(entry.line) else { continue }
      let problem = outcome.numbers[entry.problem] ?? batch.numbers[entry.problem] ?? others
      number += 1
      try incident.execute(arguments: [
        number, entry.id.description, entry.time, entry.kind.rawValue, Int(entry.status), problem,
        entry.clientRequestID,
      ])
      guard db.changesCount == 1 else {
        // The same incident again: a commit that was told as failed has happened.
        number -= 1
        continue
      }
      try detail.execute(arguments: [number, record, StoredLine.text(entry.evidence, encoder)])
      outcome.stored += 1
    }
  }
}

/// Whether a lock was waited for in vain.
private final class LockRefusal: Sendable {
  let isFinal = Atomic(false)
}
