internal import GRDB

/// What others than the gateway may write to its store.
public enum IncidentStore {
  /// Characters of a change's text.
  public static let textMax = 200

  /// Puts a change beside the incidents that it may have caused: at once, beside a running gateway or without one.
  /// Waits up to a second for a lock; the file is made where it is missing.
  ///
  /// It is a connection of its own and no `IncidentWriter`, since that one would make room by bounds that only the
  /// gateway's configuration knows.
  ///
  /// - Throws: `StoreFailure`.
  public static func mark(_ change: Change, path: String) throws(StoreFailure) {
    let connection = try StoreConnection(StoreFile(path), bounds: StoreBounds()) { false }
    defer { connection.close() }
    do {
      try connection.queue.inDatabase { db in
        try db.inTransaction(.immediate) {
          try StoreConnection.insert(change, db)
          return .commit
        }
      }
    } catch {
      throw StoreFailure(error)
    }
  }
}
