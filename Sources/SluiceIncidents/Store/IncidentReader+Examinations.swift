internal import GRDB

extension IncidentReader {
  /// The upstream in which an endpoint had a problem last; nil: it had none.
  ///
  /// - Throws: `StoreError`.
  public func upstream(of endpoint: String) throws(StoreError) -> String? {
    try read { db in
      try String.fetchOne(
        db,
        sql: "SELECT upstream FROM problem WHERE endpoint = ? AND upstream IS NOT NULL ORDER BY lastSeen DESC LIMIT 1",
        arguments: [endpoint])
    }
  }

  /// The last examination of an endpoint before a moment (Unix time in milliseconds).
  ///
  /// - Throws: `StoreError`.
  public func lastExamination(
    of endpoint: String, upstream: String?, before moment: Int64
  ) throws(StoreError) -> Examination? {
    try read { db in
      guard try db.tableExists("examination") else { return nil }
      let document = try String.fetchOne(
        db,
        sql: """
          SELECT document FROM examination WHERE endpoint = ? AND upstream IS ? AND time < ?
          ORDER BY time DESC LIMIT 1
          """, arguments: [endpoint, upstream, moment])
      return document.flatMap(StoredExamination.examination)
    }
  }

  /// The examination of an endpoint that is nearest to a moment.
  ///
  /// - Parameters:
  ///   - moment: Unix time in milliseconds.
  ///   - before: milliseconds before the moment in which it may have been made.
  ///   - after: the same after it.
  /// - Throws: `StoreError`.
  public func examination(
    of endpoint: String, upstream: String?, near moment: Int64, before: Int64, after: Int64
  ) throws(StoreError) -> Examination? {
    try read { db in
      // An older version's store has none.
      guard try db.tableExists("examination") else { return nil }
      let document = try String.fetchOne(
        db,
        sql: """
          SELECT document FROM examination
          WHERE endpoint = ? AND upstream IS ? AND time >= ? AND time <= ? ORDER BY abs(time - ?) LIMIT 1
          """, arguments: [endpoint, upstream, moment - before, moment + after, moment])
      return document.flatMap(StoredExamination.examination)
    }
  }
}
