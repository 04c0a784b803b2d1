public import SluiceIncidents
internal import SluiceCore

/// What the machine and the cgroup of an endpoint have left.
public enum ResourceLook {
  /// - Parameters:
  ///   - listeners: what was seen of the endpoint's processes; nil where nothing was, and only the machine is looked
  ///     at.
  ///   - logPath: of the application's own log, for the disk that it lies on.
  ///   - moment: Unix time in milliseconds of what is to be explained; notes of the kernel long before it are left out.
  public static func look(
    _ target: ExaminationTarget, listeners: ListenersSeen?, logPath: String? = nil, moment: Int64,
    within limit: Duration
  ) async -> Seen<ResourcesSeen> {
    await Look.blocking(within: limit) {
      let end = ProbeClock.milliseconds() + limit.milliseconds
      let scan = ResourceScan(target: target, listeners: listeners, logPath: logPath, moment: moment, end: end)
      return .value(scan.run())
    }
  }
}
