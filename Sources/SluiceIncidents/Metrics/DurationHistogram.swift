/// How often a time fell below each of fixed bounds, since the start: a plain value, changed in place, that never
/// allocates.
///
/// # Why this way
/// `LatencyBuckets` are narrow, for a comparison of two distributions within minutes; 96 of them for each route and
/// upstream are too many to be scraped. These are few and round, because agreements are about round numbers (99 % of
/// requests within 250 ms), and never change, because two scrapes with different bounds cannot be added.
public struct DurationHistogram: Equatable, Sendable {
  /// Upper bounds in milliseconds, each within its bucket; the last bucket has none.
  public static let boundsMilliseconds: [Int64] = [
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000,
  ]
  static let count = 16

  private var buckets = InlineArray<16, UInt64>(repeating: 0)
  /// Nanoseconds in all.
  public private(set) var total: UInt64 = 0

  public init() {}

  public mutating func add(nanoseconds: Int64) {
    let time = max(nanoseconds, 0)
    buckets[Self.index(time)] &+= 1
    total &+= UInt64(time)
  }

  public mutating func add(_ other: DurationHistogram) {
    for index in buckets.indices { buckets[index] &+= other.buckets[index] }
    total &+= other.total
  }

  /// Times within each of the bounds, those within smaller ones included; the last is the count of all.
  public var cumulative: [UInt64] {
    var sum: UInt64 = 0
    return buckets.indices.map { index in
      sum &+= buckets[index]
      return sum
    }
  }

  public var count: UInt64 { buckets.indices.reduce(0) { $0 &+ buckets[$1] } }

  public static func == (left: DurationHistogram, right: DurationHistogram) -> Bool {
    left.total == right.total && left.buckets.indices.allSatisfy { left.buckets[$0] == right.buckets[$0] }
  }

  /// Comparisons with constants, since most times are below the first bounds.
  private static func index(_ time: Int64) -> Int {
    if time <= 10_000_000 {
      if time <= 1_000_000 { return 0 }
      if time <= 2_000_000 { return 1 }
      return time <= 5_000_000 ? 2 : 3
    }
    if time <= 250_000_000 {
      if time <= 25_000_000 { return 4 }
      if time <= 50_000_000 { return 5 }
      return time <= 100_000_000 ? 6 : 7
    }
    if time <= 2_500_000_000 {
      if time <= 500_000_000 { return 8 }
      return time <= 1_000_000_000 ? 9 : 10
    }
    if time <= 5_000_000_000 { return 11 }
    if time <= 10_000_000_000 { return 12 }
    if time <= 30_000_000_000 { return 13 }
    return time <= 60_000_000_000 ? 14 : 15
  }
}
