#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import GRDB

extension StoreConnection {
  /// Examinations that are kept.
  static let examinationsMax = 500

  /// Counts of traffic that are kept: about one megabyte for each ten thousand.
  static let trafficMax = 50_000
  /// Milliseconds that they are kept for: a day.
  static let trafficAge: Int64 = 86_400_000

  func insert(_ note: StoreNote, _ db: Database) throws {
    switch note {
    case .change(let change): try Self.insert(change, db)
    case .examination(let examination):
      try db.cachedStatement(sql: "INSERT INTO examination (time, upstream, endpoint, document) VALUES (?, ?, ?, ?)")
        .execute(
          arguments: [examination.time, examination.upstream, examination.endpoint, examination.document])
    case .traffic(let counts):
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO traffic (time, span, upstream, endpoint, requests, gatewayFailures, applicationFailures, times)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """)
      for count in counts {
        try statement.execute(arguments: [
          count.time, count.span, count.upstream, count.endpoint, count.requests, count.gatewayFailures,
          count.applicationFailures, Data(count.times.encoded),
        ])
      }
    case .sighting(let sighting): try insert(sighting, db)
    }
  }

  /// One that is there already is replaced: what is known of it has grown.
  private func insert(_ sighting: StoredSighting, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO sighting (upstream, endpoint, process, firstSeen, lastSeen, document) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (upstream, endpoint, process, firstSeen)
        DO UPDATE SET lastSeen = excluded.lastSeen, document = excluded.document
        """
    ).execute(arguments: [
      sighting.upstream, sighting.endpoint, sighting.process, sighting.firstSeen, sighting.lastSeen, sighting.document,
    ])
    try db.cachedStatement(
      sql: """
        DELETE FROM sighting WHERE upstream = ? AND endpoint = ? AND number <= (
          SELECT number FROM sighting WHERE upstream = ? AND endpoint = ? ORDER BY number DESC LIMIT 1 OFFSET ?)
        """
    ).execute(arguments: [
      sighting.upstream, sighting.endpoint, sighting.upstream, sighting.endpoint, StoredSighting.countMax,
    ])
  }

  static func insert(_ change: Change, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO change (time, kind, text, upstream) VALUES (?, ?, ?, ?)")
      .execute(
        arguments: [
          change.time, change.kind.rawValue, String(change.text.prefix(IncidentStore.textMax)), change.upstream,
        ])
  }

  /// Removes notes that are too old or too many.
  ///
  /// - Parameters:
  ///   - oldest: Unix time in milliseconds before which incidents are too old.
  ///   - now: Unix time in milliseconds.
  func removeOldNotes(_ db: Database, before oldest: Int64, at now: Int64) throws {
    try db.execute(sql: "DELETE FROM sighting WHERE lastSeen < ?", arguments: [now - StoredSighting.ageMax])
    try db.execute(
      sql: "DELETE FROM examination WHERE time < ? OR number <= (SELECT max(number) FROM examination) - ?",
      arguments: [oldest, Self.examinationsMax])
  }

  /// - Parameter now: Unix time in milliseconds.
  func removeOldTraffic(_ db: Database, at now: Int64) throws {
    try db.execute(
      sql: "DELETE FROM traffic WHERE time < ? OR number <= (SELECT max(number) FROM traffic) - ?",
      arguments: [now - Self.trafficAge, Self.trafficMax])
  }
}
