import GRDB

@testable import SluiceIncidents

/// Another process's lock on a store, held until it is released.
final class StoreLock {
  private let queue: DatabaseQueue

  init(_ folder: StoreFolder) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // A transaction that lasts is what is wanted here.
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: folder.store, configuration: configuration)
    try queue.unsafeRead { try $0.execute(sql: "BEGIN EXCLUSIVE") }
  }

  func release() throws {
    try queue.unsafeRead { try $0.execute(sql: "ROLLBACK") }
    try queue.close()
  }
}
