internal import SluiceIncidents
internal import Synchronization

/// Starts, reloads and deploys of late: the first suspects of a failure that begins.
final class ChangeLog: Sendable {
  /// Changes that are remembered; the store keeps older ones.
  static let countMax = 32
  /// How long a change is a suspect: 10 minutes, in milliseconds.
  static let suspectTime: Int64 = 600_000

  private let changes = Mutex<[Change]>([])

  func add(_ change: Change) {
    changes.withLock { changes in
      changes.insert(change, at: 0)
      if changes.count > Self.countMax { changes.removeLast() }
    }
  }

  /// The suspects at a time, the latest first.
  ///
  /// - Parameter time: Unix time in milliseconds.
  func suspects(at time: Int64) -> [Change] {
    changes.withLock { $0.filter { time - $0.time <= Self.suspectTime } }
  }
}
