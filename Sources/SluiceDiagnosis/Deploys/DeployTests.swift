public import SluiceIncidents

/// The tests that tell whether something began with a change.
public enum DeployTests {
  /// Changes that are tested at most.
  public static let changesMax = 8
  /// Milliseconds before a moment whose counts the tests of a change that is as old as `hour` need.
  public static let reach: Int64 = 3_600_000 + TrafficAround.reach

  /// Both tests of each of the latest changes that changed something.
  ///
  /// - Parameters:
  ///   - changes: of the last hour, the latest first.
  ///   - counts: of an upstream or endpoint, in the order of time.
  ///   - end: Unix time in milliseconds until which is looked.
  public static func tests(_ changes: [Change], _ counts: [TrafficCount], until end: Int64) -> [ChangeTest] {
    changes.filter { $0.kind != .reloadRefused && $0.time <= end }.prefix(changesMax).flatMap { change in
      [FailureTest.test(change, counts, until: end), LatencyTest.test(change, counts, until: end)].compactMap { $0 }
    }
  }
}
