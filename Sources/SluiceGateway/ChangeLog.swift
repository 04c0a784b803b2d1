internal import SluiceIncidents
internal import Synchronization

/// Starts, reloads and deploys of late: the first suspects of a failure that begins.
final class ChangeLog: Sendable {
  /// Changes that are remembered; the store keeps older ones.
  static let countMax = 32
  /// How long a change is a suspect: 10 minutes, in milliseconds.
  static let suspectTime: Int64 = 600_000
  /// Milliseconds in which the same change is one change: whoever notices or marks it may do so twice.
  static let repeatTime: Int64 = 60_000
  /// Changes of one kind and upstream within `suspectTime`, of the kinds that are noticed: an application that starts
  /// again and again must not push the deploy out that began it.
  static let noticedMax = 6

  private let changes = Mutex<[Change]>([])

  /// - Returns: whether it was taken; one that is known, or one too many of its kind, is not.
  @discardableResult
  func add(_ change: Change) -> Bool {
    changes.withLock { changes in
      let alike = changes.filter {
        $0.kind == change.kind && $0.upstream == change.upstream && abs(change.time - $0.time) <= Self.suspectTime
      }
      let isKnown = alike.contains { $0.text == change.text && abs(change.time - $0.time) <= Self.repeatTime }
      guard !isKnown, !change.kind.isNoticed || alike.count < Self.noticedMax else { return false }
      changes.insert(change, at: 0)
      if changes.count > Self.countMax { changes.removeLast() }
      return true
    }
  }

  /// The suspects at a time, the latest first.
  ///
  /// - Parameter time: Unix time in milliseconds.
  func suspects(at time: Int64) -> [Change] {
    changes.withLock { $0.filter { time - $0.time <= Self.suspectTime } }
  }
}
