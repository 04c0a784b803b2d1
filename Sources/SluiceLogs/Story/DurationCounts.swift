internal import Glibc

/// Durations in steps of about 2 %: enough to see that something ends after the same time again and again.
struct DurationCounts: Equatable, Sendable {
  /// Steps that are held; the rarest give way. Ordinary answers fill a few hundred.
  static let stepsMax = 512
  /// The ratio of one step to the next.
  static let ratio = 1.02

  private var steps: [Int16: Int] = [:]
  private(set) var total = 0
  /// Milliseconds.
  private(set) var shortest = Double.infinity
  private(set) var longest = 0.0

  /// - Parameter milliseconds: nil and what is no duration are not counted.
  mutating func add(_ milliseconds: Double?) {
    guard let milliseconds, milliseconds >= 0, milliseconds < 1e10 else { return }
    total += 1
    shortest = min(shortest, milliseconds)
    longest = max(longest, milliseconds)
    let step = Self.step(milliseconds)
    if let index = steps.index(forKey: step) {
      steps.values[index] += 1
      return
    }
    if steps.count >= Self.stepsMax,
      let rarest = steps.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })
    {
      steps[rarest.key] = nil
    }
    steps[step] = 1
  }

  mutating func add(_ other: DurationCounts) {
    total += other.total
    shortest = min(shortest, other.shortest)
    longest = max(longest, other.longest)
    steps.merge(other.steps, uniquingKeysWith: +)
    while steps.count > Self.stepsMax, let rarest = steps.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      steps[rarest.key] = nil
    }
  }

  /// Milliseconds that half of them do not exceed; nil where there are none.
  var median: Double? { quantile(0.5) }

  func quantile(_ part: Double) -> Double? {
    let held = steps.values.reduce(0, +)
    guard held > 0 else { return nil }
    let wanted = Int((Double(held - 1) * min(max(part, 0), 1)).rounded(.down))
    var seen = 0
    for (step, count) in steps.sorted(by: { $0.key < $1.key }) {
      seen += count
      if seen > wanted { return Self.middle(step) }
    }
    return longest
  }

  /// How many lie within `tolerance` (0.05 is 5 %) of a duration in milliseconds.
  func count(near milliseconds: Double, tolerance: Double) -> Int {
    steps.reduce(0) { sum, step in
      let middle = Self.middle(step.key)
      return abs(middle - milliseconds) <= milliseconds * tolerance ? sum + step.value : sum
    }
  }

  /// How many are shorter than so many milliseconds.
  func count(below milliseconds: Double) -> Int {
    steps.reduce(0) { Self.middle($1.key) < milliseconds ? $0 + $1.value : $0 }
  }

  /// Around what duration most of them lie, in milliseconds, and their part of all, 0 to 1.
  func concentration(tolerance: Double) -> (milliseconds: Double, part: Double)? {
    let counted = steps.values.reduce(0, +)
    guard counted > 0 else { return nil }
    let best = steps.keys.map { (Self.middle($0), count(near: Self.middle($0), tolerance: tolerance)) }
      .max { ($0.1, $1.0) < ($1.1, $0.0) }
    return best.map { (Self.rounded($0.0), Double($0.1) / Double(counted)) }
  }

  /// Limits are whole seconds, which a step is too wide to show.
  private static func rounded(_ milliseconds: Double) -> Double {
    let whole = (milliseconds / 1000).rounded() * 1000
    return abs(whole - milliseconds) <= 0.015 * milliseconds ? whole : milliseconds
  }

  /// From 0.1 ms on.
  private static func step(_ milliseconds: Double) -> Int16 {
    Int16(min(max((log(max(milliseconds, 0.1) / 0.1) / logOfRatio).rounded(), 0), 3000))
  }

  private static let logOfRatio = log(ratio)

  private static func middle(_ step: Int16) -> Double { 0.1 * pow(ratio, Double(step)) }
}
