internal import GRDB

/// The form of the store's file.
///
/// # Why this way
/// What is filtered and what is read are apart: a row of `incident` takes some sixty bytes, so that any filter over a
/// hundred thousand of them is answered by reading a few megabytes, and no index for each filter need be kept up with
/// every incident. Cause, route, upstream, endpoint and who stand once, in the incident's problem.
///
/// Numbers grow in the order of storing and leave in the same order, so that the count is a subtraction, the oldest are
/// the first, and whoever follows misses none: an exchange that began before others may end long after them.
enum StoreSchema {
  /// The latest form that this version writes.
  static let version = 4
  /// "Slui", in the file's header.
  static let applicationID = 0x536C_7569
  static let pageBytes = 4096

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: first)
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    migrator.registerMigration("2") { try $0.execute(sql: examinations) }
    migrator.registerMigration("3") { try $0.execute(sql: sightings) }
    migrator.registerMigration("4") { try $0.execute(sql: traffic) }
    return migrator
  }

  /// Refuses what this version may not write to.
  static func check(_ db: Database) throws {
    // In one statement, hence of one state: two gateways may begin the file at the same time.
    let tables = try Row.fetchOne(
      db, sql: "SELECT count(*) AS count, ifnull(sum(name = 'grdb_migrations'), 0) AS ours FROM sqlite_master")
    guard let tables, tables["ours"] as Int > 0 else {
      guard tables?["count"] as Int? ?? 0 == 0 else { throw StoreFailure.foreign }
      return
    }
    let found = try found(db)
    guard found <= version else { throw StoreFailure.newerSchema(found: found, known: version) }
    // No form yet: another gateway is at it.
    guard found > 0 else { return }
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
    guard id == applicationID else { throw StoreFailure.foreign }
  }

  /// The form of the file; 0 for none.
  static func found(_ db: Database) throws -> Int {
    let identifiers = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations")
    return identifiers.map { Int($0) ?? Int.max }.max() ?? 0
  }

  private static let examinations = """
    CREATE TABLE examination (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      time INTEGER NOT NULL,
      upstream TEXT,
      endpoint TEXT NOT NULL,
      document TEXT NOT NULL
    );
    CREATE INDEX examinationTime ON examination (time);
    """

  private static let traffic = """
    CREATE TABLE traffic (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      time INTEGER NOT NULL,
      span INTEGER NOT NULL,
      upstream TEXT NOT NULL,
      endpoint TEXT,
      requests INTEGER NOT NULL,
      gatewayFailures INTEGER NOT NULL,
      applicationFailures INTEGER NOT NULL,
      times BLOB NOT NULL
    );
    CREATE INDEX trafficTime ON traffic (upstream, time);
    """

  /// One row for each process that one gateway saw at an endpoint, from when on.
  private static let sightings = """
    CREATE TABLE sighting (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      upstream TEXT NOT NULL,
      endpoint TEXT NOT NULL,
      process INTEGER NOT NULL,
      firstSeen INTEGER NOT NULL,
      lastSeen INTEGER NOT NULL,
      document TEXT NOT NULL,
      UNIQUE (upstream, endpoint, process, firstSeen)
    );
    CREATE INDEX sightingLastSeen ON sighting (lastSeen);
    """

  private static let first = """
    CREATE TABLE problem (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      cause TEXT NOT NULL,
      route TEXT,
      upstream TEXT,
      endpoint TEXT,
      who TEXT NOT NULL,
      firstSeen INTEGER NOT NULL,
      lastSeen INTEGER NOT NULL,
      count INTEGER NOT NULL,
      absorbed INTEGER NOT NULL,
      lastMinute INTEGER NOT NULL,
      example TEXT,
      isPersistenceTold INTEGER NOT NULL DEFAULT 0,
      isOver INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX problemOngoing ON problem (cause) WHERE isOver = 0;
    CREATE INDEX problemLastSeen ON problem (lastSeen);
    CREATE TABLE incident (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      time INTEGER NOT NULL,
      kind TEXT NOT NULL,
      status INTEGER NOT NULL,
      problem INTEGER NOT NULL,
      clientRequestId TEXT
    );
    CREATE INDEX incidentProblem ON incident (problem);
    CREATE INDEX incidentClientRequestId ON incident (clientRequestId) WHERE clientRequestId IS NOT NULL;
    CREATE TABLE detail (
      number INTEGER PRIMARY KEY,
      record TEXT NOT NULL,
      evidence TEXT
    );
    CREATE TABLE change (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      time INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      upstream TEXT
    );
    CREATE INDEX changeTime ON change (time);
    """
}
