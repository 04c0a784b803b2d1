/// What is known of how long an endpoint keeps unused connections, learned without risk.
///
/// An endpoint closes its idle connections when it likes, and a request that meets the close on its way is lost. Where
/// the request may be sent again that costs a moment; where it may not, the connection must be young by proof.
///
/// Not believed: one close alone, because a process that ends closes connections of any age. Two closes at different
/// times that agree in age are an idle timeout.
public struct IdleAges: Sendable, Equatable {
  /// A close that was seen is forgotten after this time: the endpoint may have been restarted with other settings.
  public static let memory = TimeSpan.seconds(60)
  /// Closes that are nearer to each other than this may have one reason.
  public static let apart = TimeSpan.milliseconds(100)

  private struct Close: Sendable, Equatable {
    var age: TimeSpan
    var at: Instant
  }

  /// The longest age at which a connection was seen still open.
  private var openMax = TimeSpan.zero
  /// The youngest that was closed, whatever the reason.
  private var youngestClose: Close?
  private var lastClose: Close?
  /// The age in which two closes agreed.
  private var timeout: Close?

  public init() {}

  /// A connection that was idle for `age` is open.
  public mutating func sawOpen(after age: TimeSpan) {
    if age > openMax { openMax = age }
  }

  /// The peer closed a connection that had been idle for `age`.
  public mutating func sawClosed(after age: TimeSpan, at: Instant) {
    // What was open at a greater age was so under other settings.
    openMax = min(openMax, age)
    if age < (recent(youngestClose, at)?.age ?? .unlimited) { youngestClose = Close(age: age, at: at) }
    if let last = recent(lastClose, at), at - last.at >= Self.apart, Self.agree(last.age, age) {
      timeout = Close(age: min(last.age, age), at: at)
    }
    lastClose = Close(age: age, at: at)
  }

  /// A request that may not be repeated takes a connection that was idle for less than this; zero: none.
  public func proven(_ at: Instant) -> TimeSpan {
    let open = TimeSpan(nanoseconds: openMax.nanoseconds / 5 * 4)
    guard let close = recent(youngestClose, at) else { return open }
    return min(open, TimeSpan(nanoseconds: close.age.nanoseconds / 2))
  }

  /// How long an unused connection is worth keeping.
  public func limit(_ at: Instant) -> TimeSpan {
    guard let timeout = recent(timeout, at) else { return .unlimited }
    return TimeSpan(nanoseconds: timeout.age.nanoseconds / 5 * 4)
  }

  private func recent(_ close: Close?, _ at: Instant) -> Close? {
    guard let close, at - close.at < Self.memory else { return nil }
    return close
  }

  /// Within a fifth of the longer.
  private static func agree(_ first: TimeSpan, _ second: TimeSpan) -> Bool {
    let longer = max(first.nanoseconds, second.nanoseconds)
    return abs(first.nanoseconds - second.nanoseconds) <= longer / 5
  }
}
