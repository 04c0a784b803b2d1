internal import Glibc
internal import NIOCore
internal import SluiceCore

/// The only place that reads clocks.
enum Clock {
  /// The monotonic clock.
  static func now() -> Instant { Instant(nanoseconds: Int64(NIODeadline.now().uptimeNanoseconds)) }

  /// Unix time in milliseconds.
  static func wallMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
