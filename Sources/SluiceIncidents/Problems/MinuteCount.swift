/// How many incidents the last sixty seconds brought.
struct MinuteCount: Sendable {
  private static let seconds = 60

  /// One for each second, by its number modulo 60; empty until something was seen.
  private var counts: [UInt32] = []
  /// The latest second that was seen.
  private var second: Int64 = 0

  /// Adds incidents. One of an earlier second counts into the latest.
  ///
  /// - Parameter time: Unix time in milliseconds.
  mutating func add(_ count: Int, at time: Int64) {
    let now = time / 1000
    if counts.isEmpty {
      counts = [UInt32](repeating: 0, count: Self.seconds)
      second = now
    }
    if now > second {
      for passed in 1...min(now - second, Int64(Self.seconds)) { counts[Self.index(second + passed)] = 0 }
      second = now
    }
    let index = Self.index(second)
    counts[index] = UInt32(clamping: UInt64(counts[index]) + UInt64(max(count, 0)))
  }

  var total: Int64 { counts.reduce(0) { $0 + Int64($1) } }

  private static func index(_ second: Int64) -> Int {
    let rest = Int(second % Int64(seconds))
    return rest < 0 ? rest + seconds : rest
  }
}
