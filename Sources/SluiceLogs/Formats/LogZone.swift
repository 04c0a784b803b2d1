internal import Glibc

/// Where the clock of a log stands whose lines do not tell their offset.
public enum LogZone: Equatable, Sendable {
  /// Seconds east of Greenwich.
  case fixed(seconds: Int)
  /// As the machine's own clock, with its changes in summer.
  case machine

  /// Milliseconds east of Greenwich at a time.
  ///
  /// - Parameter civil: What the clock shows, in milliseconds since 1970.
  func offset(civil: Int64) -> Int64 {
    switch self {
    case .fixed(let seconds): return Int64(seconds) * 1000
    case .machine:
      // What the clock shows is no moment until its offset is known: the second look is right but for the hour that a
      // change in autumn shows twice.
      let guess = Self.machineOffset(at: civil / 1000)
      return Self.machineOffset(at: civil / 1000 - guess) * 1000
    }
  }

  private static func machineOffset(at seconds: Int64) -> Int64 {
    var time = time_t(seconds)
    var local = tm()
    return localtime_r(&time, &local) == nil ? 0 : Int64(local.tm_gmtoff)
  }
}
