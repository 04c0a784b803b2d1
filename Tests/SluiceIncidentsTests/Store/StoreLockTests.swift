import Foundation
import Testing

@testable import SluiceIncidents

/// A process that closes any descriptor of a file loses its locks on it. Another one that closes the store then takes
/// itself for the last, and removes the log that the writer goes on writing to.
@Suite(.timeLimit(.minutes(1))) struct StoreLockTests {
  private let folder = StoreFolder()

  /// Locks on the store's file that this process has, as the kernel lists them.
  private func locks() throws -> Int {
    let inode = try #require(StoreFile(folder.store).identity).inode
    let process = ProcessInfo.processInfo.processIdentifier
    return try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n").count { line in
      let words = line.split(separator: " ")
      return words.count > 5 && words[1] == "POSIX" && words[4] == "\(process)" && words[5].hasSuffix(":\(inode)")
    }
  }

  @Test func nobodyWhoOpensTheStoreInTheSameProcessEndsTheWritersLocks() throws {
    let file = StoreFile(folder.store)
    let writer = try StoreConnection(file, bounds: StoreBounds()) { false }
    defer { writer.close() }
    #expect(try locks() > 0)
    let reader = try IncidentReader(path: folder.store)
    #expect(try locks() > 0, "opening for reading took the locks away")
    _ = try reader.statistics(at: 0)
    _ = try file.create()
    #expect(try locks() > 0, "looking for the file took the locks away")
  }
}
