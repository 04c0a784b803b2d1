import Foundation
import SluiceAdmin

/// Reads what this process takes of the machine, as Linux tells it.
enum ProcessMeter {
  /// nil where the system does not say.
  static func read() -> ProcessReading? {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0, let (resident, virtual) = memory, let startTime
    else { return nil }
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return ProcessReading(
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), residentBytes: resident, virtualBytes: virtual,
      openDescriptors: openDescriptors, descriptorsMax: UInt64(limit.rlim_cur), startTime: startTime)
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

  /// `/proc/self/statm` counts pages: all, then those in RAM.
  private static var memory: (resident: UInt64, virtual: UInt64)? {
    guard let text = text(of: "/proc/self/statm") else { return nil }
    let pages = text.split(separator: " ").prefix(2).compactMap { UInt64($0) }
    let size = sysconf(Int32(_SC_PAGESIZE))
    guard pages.count == 2, size > 0 else { return nil }
    return (pages[1] * UInt64(size), pages[0] * UInt64(size))
  }

  /// Without the one that reads the folder.
  private static var openDescriptors: Int {
    max(((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0) - 1, 0)
  }

  /// Never changes, so it is read once: ticks since the machine began, and when that was.
  private static let startTime: Double? = {
    // The name of the program, in parentheses, may hold anything.
    guard let stat = text(of: "/proc/self/stat"), let nameEnd = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[nameEnd...].split(separator: " ")
    let line = text(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
    let ticksPerSecond = sysconf(Int32(_SC_CLK_TCK))
    guard fields.count > 20, let ticks = Double(fields[20]), let began = line.flatMap({ Double($0.dropFirst(6)) }),
      ticksPerSecond > 0
    else { return nil }
    return began + ticks / Double(ticksPerSecond)
  }()

  private static func text(of path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
