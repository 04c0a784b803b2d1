import Foundation

/// The only place of the command line that reads a clock; pages and tables take the time as an argument.
enum WallClock {
  /// Unix time in milliseconds.
  static func milliseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// The monotonic clock in microseconds, as service managers count.
  static func monotonicMicroseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
  }
}
