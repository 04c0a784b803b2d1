internal import GRDB

extension IncidentReader {
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
