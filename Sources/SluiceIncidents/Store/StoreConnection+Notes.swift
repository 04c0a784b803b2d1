internal import GRDB

extension StoreConnection {
  /// Examinations that are kept.
  static let examinationsMax = 500

  func insert(_ note: StoreNote, _ db: Database) throws {
    switch note {
    case .change(let change): try Self.insert(change, db)
    case .examination(let examination):
      try db.cachedStatement(sql: "INSERT INTO examination (time, upstream, endpoint, document) VALUES (?, ?, ?, ?)")
        .execute(
          arguments: [examination.time, examination.upstream, examination.endpoint, examination.document])
    }
  }

  static func insert(_ change: Change, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO change (time, kind, text, upstream) VALUES (?, ?, ?, ?)")
      .execute(
        arguments: [
          change.time, change.kind.rawValue, String(change.text.prefix(IncidentStore.textMax)), change.upstream,
        ])
  }

  /// Removes notes that are too old or too many.
  func removeOldNotes(_ db: Database, before oldest: Int64) throws {
    try db.execute(
      sql: "DELETE FROM examination WHERE time < ? OR number <= (SELECT max(number) FROM examination) - ?",
      arguments: [oldest, Self.examinationsMax])
  }
}
