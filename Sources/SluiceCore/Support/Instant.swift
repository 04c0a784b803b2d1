/// A moment on the process's monotonic clock, in nanoseconds since an arbitrary start.
///
/// The core never reads a clock: every event carries the instant at which it happened, so that a decision can be
/// replayed and simulated. Trivial and eight bytes, unlike `ContinuousClock.Instant`, because each connection's slot
/// holds several.
public struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the clock's start.
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// An instant that never comes: the value of a deadline that is not set.
  public static let never = Instant(nanoseconds: .max)

  public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// `never` stays `never`; the sum saturates there.
  public static func + (left: Instant, right: TimeSpan) -> Instant {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return overflow ? .never : Instant(nanoseconds: sum)
  }

  public static func - (left: Instant, right: Instant) -> TimeSpan {
    TimeSpan(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}

/// A length of time in nanoseconds.
public struct TimeSpan: Hashable, Comparable, Sendable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static let zero = TimeSpan(nanoseconds: 0)
  /// No limit: added to an instant it gives `Instant.never`.
  public static let unlimited = TimeSpan(nanoseconds: .max)

  public static func microseconds(_ count: Int64) -> TimeSpan { TimeSpan(nanoseconds: count * 1_000) }
  public static func milliseconds(_ count: Int64) -> TimeSpan { TimeSpan(nanoseconds: count * 1_000_000) }
  public static func seconds(_ count: Int64) -> TimeSpan { TimeSpan(nanoseconds: count * 1_000_000_000) }

  public var inMicroseconds: Int64 { nanoseconds / 1_000 }
  public var inMilliseconds: Int64 { nanoseconds / 1_000_000 }
  public var inSeconds: Double { Double(nanoseconds) / 1e9 }

  public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }
}
