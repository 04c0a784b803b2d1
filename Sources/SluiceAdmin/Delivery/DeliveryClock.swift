internal import NIOCore
internal import SluiceCore

/// The only place of alerts and spans that reads a clock; queues are given the time.
enum DeliveryClock {
  /// The monotonic clock, which timers of the loop go by as well.
  static func now() -> Instant { Instant(nanoseconds: Int64(NIODeadline.now().uptimeNanoseconds)) }

  /// The loop's form of an instant.
  static func deadline(_ instant: Instant) -> NIODeadline {
    .uptimeNanoseconds(UInt64(max(instant.nanoseconds, 0)))
  }
}
