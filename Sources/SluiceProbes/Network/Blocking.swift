internal import Dispatch

/// Work that may wait for a disk, away from event loops and from Swift's own threads.
enum Blocking {
  static func run(_ work: @escaping @Sendable () -> Void) { DispatchQueue.global().async(execute: work) }
}
