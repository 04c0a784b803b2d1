extension TrafficTally {
  /// Slots of twice the length.
  mutating func widen() {
    slotSeconds *= 2
    let old = counts
    counts.removeAll(keepingCapacity: true)
    for (key, count) in old {
      var wide = key
      wide.slot = key.slot.map { $0 / slotSeconds * slotSeconds }
      counts[wide, default: Count()].add(count)
    }
  }

  /// What another counted.
  mutating func add(_ other: TrafficTally) {
    while slotSeconds < other.slotSeconds { widen() }
    for (key, count) in other.counts {
      var place = key
      place.slot = key.slot.map { $0 / slotSeconds * slotSeconds }
      counts[place, default: Count()].add(count)
    }
    while counts.count > Self.countsMax, slotSeconds < 1 << 40 { widen() }
    for (status, count) in other.statuses { statuses[status, default: 0] += count }
    requests += other.requests
  }

  /// - Parameter second: Unix time; nil where lines told none.
  mutating func add(_ count: Count, second: Int64?, _ name: TallyName) {
    counts[name.key(slot: second.map { $0 / slotSeconds * slotSeconds }), default: Count()].add(count)
    while counts.count > Self.countsMax, slotSeconds < 1 << 40 { widen() }
  }
}

extension TrafficTally.Count {
  mutating func add(_ other: TrafficTally.Count) {
    requests += other.requests
    failed += other.failed
  }
}
