/// Counts over time in a bounded number of slots: where they do not suffice, slots become longer: 1, 2, 10, 20, 40
/// seconds and so on. Slots of traffic are 10 s or a double of that, so that each lies whole within one of a chart's.
struct SlotCounts: Equatable, Sendable {
  /// What a chart can show.
  static let chartSlots = 120

  let slotsMax: Int
  /// Unix time in seconds of the first slot, a multiple of `slotSeconds`.
  private(set) var start: Int64 = 0
  private(set) var slotSeconds: Int64
  private(set) var counts: [Int] = []

  /// Seconds far enough from the ends of the range that no sum of them overflows.
  private static let secondsMax: Int64 = 1 << 40

  init(slotSeconds: Int64 = 1, slotsMax: Int = Self.chartSlots) {
    self.slotSeconds = max(slotSeconds, 1)
    self.slotsMax = max(slotsMax, 2)
  }

  /// - Parameter second: Unix time in seconds.
  mutating func add(_ second: Int64, _ count: Int = 1) {
    let second = min(max(second, -Self.secondsMax), Self.secondsMax)
    if counts.isEmpty {
      start = second - Self.remainder(second, slotSeconds)
      counts = [count]
      return
    }
    while !fits(second) { widen() }
    if second < start {
      let missing = (start - second + slotSeconds - 1) / slotSeconds
      counts.insert(contentsOf: repeatElement(0, count: Int(missing)), at: 0)
      start -= missing * slotSeconds
    }
    let slot = Int((second - start) / slotSeconds)
    if slot >= counts.count { counts += repeatElement(0, count: slot + 1 - counts.count) }
    counts[slot] += count
  }

  mutating func add(_ other: SlotCounts) {
    while slotSeconds < other.slotSeconds { widen() }
    for (slot, count) in other.counts.enumerated() where count > 0 {
      add(other.start + Int64(slot) * other.slotSeconds, count)
    }
  }

  /// Unix time in seconds behind the last slot.
  var end: Int64 { start + Int64(counts.count) * slotSeconds }

  /// What slots count that touch the range, in Unix time in seconds.
  func count(from first: Int64, through last: Int64) -> Int {
    counts.enumerated().reduce(0) { sum, slot in
      let begin = start + Int64(slot.offset) * slotSeconds
      return begin <= last && begin + slotSeconds > first ? sum + slot.element : sum
    }
  }

  /// What slots count that are over at a moment: what lies in the same slot is neither before nor after it.
  func count(before second: Int64) -> Int {
    counts.enumerated().reduce(0) { sum, slot in
      start + (Int64(slot.offset) + 1) * slotSeconds <= second ? sum + slot.element : sum
    }
  }

  /// What slots count that begin behind a moment.
  func count(after second: Int64) -> Int {
    counts.enumerated().reduce(0) { sum, slot in
      start + Int64(slot.offset) * slotSeconds > second ? sum + slot.element : sum
    }
  }

  /// What slots count that lie wholly in the range; nil where none would.
  func count(within first: Int64, _ last: Int64) -> Int? {
    let begin = first + Self.remainder(-first, slotSeconds)
    guard begin + slotSeconds - 1 <= last else { return nil }
    return counts.enumerated().reduce(0) { sum, slot in
      let from = start + Int64(slot.offset) * slotSeconds
      return from >= begin && from + slotSeconds - 1 <= last ? sum + slot.element : sum
    }
  }

  mutating func widen(to seconds: Int64) {
    while slotSeconds < seconds { widen() }
  }

  private func fits(_ second: Int64) -> Bool {
    let first = min(start, second - Self.remainder(second, slotSeconds))
    return (max(end - 1, second) - first) / slotSeconds < Int64(slotsMax)
  }

  private mutating func widen() {
    let factor = slotSeconds == 2 ? 5 : 2
    let before = slotSeconds
    slotSeconds *= Int64(factor)
    guard !counts.isEmpty else { return }
    let offset = Int(Self.remainder(start, slotSeconds) / before)
    var joined = [Int](repeating: 0, count: (counts.count + offset + factor - 1) / factor)
    for (slot, count) in counts.enumerated() { joined[(slot + offset) / factor] += count }
    start -= Self.remainder(start, slotSeconds)
    counts = joined
  }

  private static func remainder(_ second: Int64, _ length: Int64) -> Int64 {
    ((second % length) + length) % length
  }
}
