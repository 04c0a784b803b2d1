internal import Glibc
internal import SluiceCore

/// The only place of the looks that reads clocks.
enum ProbeClock {
  /// Milliseconds of the monotonic clock, for spans.
  static func milliseconds() -> Double { read(CLOCK_MONOTONIC) }

  /// The monotonic clock, as the gateway's machines take it.
  static func instant() -> Instant { Instant(nanoseconds: Int64(milliseconds() * 1e6)) }

  /// Unix time in milliseconds.
  static func wallMilliseconds() -> Int64 { Int64(read(CLOCK_REALTIME)) }

  /// Unix time in milliseconds at which the machine was started, as its clock stands now. Process start times count
  /// from it, and sleep is part of them.
  static func bootWallMilliseconds() -> Int64 { Int64(read(CLOCK_REALTIME) - read(CLOCK_BOOTTIME)) }

  /// The same for times that do not count sleep: those of the kernel's log.
  static func kernelLogWallMilliseconds() -> Int64 { Int64(read(CLOCK_REALTIME) - read(CLOCK_MONOTONIC)) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
  }
}
