import GRDB

@testable import SluiceIncidents

/// A reader that holds one state of a store until it is released.
final class HeldState {
  private let queue: DatabaseQueue

  init(_ folder: StoreFolder) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: folder.store, configuration: configuration)
    try queue.unsafeRead { db in
      try db.execute(sql: "BEGIN")
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM incident")
    }
  }

  func release() throws {
    try queue.unsafeRead { try $0.execute(sql: "ROLLBACK") }
    try queue.close()
  }
}
