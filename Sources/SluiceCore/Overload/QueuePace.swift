/// How fast a queue has been served lately: requests that got their permit after waiting, over the last seconds.
public struct QueuePace: Sendable {
  /// Whole seconds that are looked back on, the present one beside them.
  public static let secondsKept = 4

  /// By second modulo `slots`.
  private static let slots = Int64(secondsKept + 1)
  private var counts: InlineArray<5, UInt32> = [0, 0, 0, 0, 0]
  /// The second that the newest slot stands for.
  private var newest: Int64 = .min
  /// A shorter time says nothing of a pace.
  static let spanMin = 1.0
  /// When somebody began to wait behind nobody.
  private var began = Instant.never

  public init() {}

  /// Somebody waits where nobody did.
  public mutating func began(at now: Instant) {
    // A queue that empties for a moment under overload is the same one.
    let isSame = began != .never && newest != .min && second(of: now) - newest <= Int64(Self.secondsKept)
    if !isSame { began = now }
  }

  /// Somebody who waited has got a permit.
  public mutating func served(at now: Instant) {
    advance(to: second(of: now))
    let slot = index(of: newest)
    counts[slot] &+= 1
  }

  /// Served in a second, on average; nil where a queue has not stood for long enough to tell.
  public func perSecond(at now: Instant) -> Double? {
    guard began != .never else { return nil }
    var copy = self
    copy.advance(to: second(of: now))
    let total = copy.counts.indices.reduce(0) { $0 + Int(copy.counts[$1]) }
    let start = max(began.nanoseconds, (copy.newest - Int64(Self.secondsKept)) * 1_000_000_000)
    let span = Double(now.nanoseconds - start) / 1e9
    guard span >= Self.spanMin else { return nil }
    return Double(total) / span
  }

  private mutating func advance(to second: Int64) {
    guard second > newest else { return }
    if newest == .min || second - newest >= Self.slots {
      counts = [0, 0, 0, 0, 0]
    } else {
      for passed in (newest + 1)...second { counts[index(of: passed)] = 0 }
    }
    newest = second
  }

  private func index(of second: Int64) -> Int { Int(((second % Self.slots) + Self.slots) % Self.slots) }

  private func second(of now: Instant) -> Int64 { now.nanoseconds / 1_000_000_000 }
}
