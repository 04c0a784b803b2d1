/// Counts by slot of time and name, with the bounds of `TrafficTally`.
struct TallySlots: Sendable {
  private(set) var slotSeconds: Int64
  /// By the slot's number times `TrafficTally.namesMax` and the name; the number is -1 where the line told no time.
  private(set) var counts: [Int64: TrafficTally.Count] = [:]
  private var slots: Set<Int64> = []

  init(slotSeconds: Int64 = 10) { self.slotSeconds = slotSeconds }

  /// - Parameters:
  ///   - second: Unix time, not negative; nil where the line told none.
  ///   - name: Below `TrafficTally.namesMax`.
  mutating func add(_ count: TrafficTally.Count, second: Int64?, name: Int) {
    let slot = second.map { $0 / slotSeconds } ?? -1
    let key = slot * Int64(TrafficTally.namesMax) + Int64(name)
    counts[key, default: TrafficTally.Count()].requests += count.requests
    counts[key, default: TrafficTally.Count()].failed += count.failed
    slots.insert(slot)
    while slots.count > TrafficTally.slotsMax || counts.count > TrafficTally.countsMax, slotSeconds < 1 << 40 {
      widen()
    }
  }

  /// Slots of twice the length.
  mutating func widen() {
    slotSeconds *= 2
    let old = counts
    counts.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
    for (key, count) in old {
      let (slot, name) = Self.parts(key)
      let wide = slot < 0 ? -1 : slot / 2
      slots.insert(wide)
      let place = wide * Int64(TrafficTally.namesMax) + Int64(name)
      counts[place, default: TrafficTally.Count()].requests += count.requests
      counts[place, default: TrafficTally.Count()].failed += count.failed
    }
  }

  static func parts(_ key: Int64) -> (slot: Int64, name: Int) {
    let names = Int64(TrafficTally.namesMax)
    return key < 0 ? (-1, Int(key + names)) : (key / names, Int(key % names))
  }
}
