internal import Glibc
public import SluiceConfiguration
public import SluiceIncidents

/// The application's own log around a moment.
public enum ApplicationLogLook {
  /// - Parameters:
  ///   - source: A file, or a unit of the system's journal.
  ///   - moment: Unix time in milliseconds: the second of an incident, or now.
  ///   - limit: How long the look may take.
  public static func look(
    _ source: LogSource, moment: Int64, within limit: Duration
  ) async -> Seen<ApplicationLogSeen> {
    await Look.blocking(within: limit) {
      switch source {
      case .file(let path): LogFileLook.look(path: path, moment: moment, machineOffset: machineOffset(at: moment))
      case .journal(let unit): JournalLook(limit: limit).look(unit: unit, moment: moment)
      }
    }
  }

  /// Milliseconds east of Greenwich of the machine's own zone.
  static func machineOffset(at moment: Int64) -> Int64 {
    var time = time_t(moment / 1000)
    var local = tm()
    guard localtime_r(&time, &local) != nil else { return 0 }
    return Int64(local.tm_gmtoff) * 1000
  }
}
