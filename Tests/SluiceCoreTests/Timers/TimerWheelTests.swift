internal import SluiceCore
internal import Testing

@Suite struct TimerWheelTests {
  static let tick = TimerWheel.tick.nanoseconds
  /// Length of a turn: beyond it an entry is looked at once each turn.
  static let turn = tick * 4095

  /// What a worker does with the wheel: an owner compares its deadline and is put back where it is still ahead.
  private struct Owners {
    var wheel: TimerWheel
    var now: Int64
    var deadlines: [TimerWheel.Entry: Int64] = [:]
    var fired: [(entry: TimerWheel.Entry, deadline: Int64, at: Int64)] = []

    init(at now: Int64) {
      wheel = TimerWheel(at: Instant(nanoseconds: now))
      self.now = now
    }

    mutating func add(deadline: Int64) {
      let entry = wheel.add()
      deadlines[entry] = deadline
      _ = wheel.schedule(entry, by: Instant(nanoseconds: deadline))
    }

    /// Moves a deadline; a later one leaves the wheel alone, as the shell does.
    mutating func move(_ entry: TimerWheel.Entry, to deadline: Int64) {
      deadlines[entry] = deadline
      _ = wheel.schedule(entry, by: Instant(nanoseconds: deadline))
    }

    mutating func remove(_ entry: TimerWheel.Entry) {
      deadlines[entry] = nil
      wheel.remove(entry)
    }

    /// Wakes at every moment that the wheel asks for, up to `end`.
    mutating func run(to end: Int64) {
      while wheel.next.nanoseconds <= end {
        wake(at: max(now, wheel.next.nanoseconds))
      }
      wake(at: end)
    }

    mutating func wake(at instant: Int64) {
      now = instant
      var due: [TimerWheel.Entry] = []
      wheel.advance(to: Instant(nanoseconds: now), into: &due)
      for entry in due {
        guard let deadline = deadlines[entry] else { continue }
        if deadline <= now {
          fired.append((entry, deadline, now))
          remove(entry)
        } else {
          _ = wheel.schedule(entry, by: Instant(nanoseconds: deadline))
        }
      }
    }
  }

  @Test func anEntryComesUpWithinATickOfItsDeadlineAndNeverBefore() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      var owners = Owners(at: Int64(random.next() % 1_000_000_000_000))
      let start = owners.now
      // Some at once, some within a turn, some many turns ahead.
      for _ in 0..<40 {
        let span = [Self.tick * 3, Self.turn, Self.turn * 5][Int(random.next() % 3)]
        owners.add(deadline: start + Int64(random.next() % UInt64(span)))
      }
      owners.run(to: start + Self.turn * 6)
      #expect(owners.fired.count == 40)
      for (_, deadline, at) in owners.fired {
        #expect(at >= deadline, "early")
        // One that was due before the wheel's present tick comes up with the next.
        #expect(at <= max(deadline, start) + 2 * Self.tick, "late by \(at - deadline) ns")
        if deadline >= start + Self.tick { #expect(at < deadline + Self.tick, "late by \(at - deadline) ns") }
      }
      #expect(owners.wheel.count == 0)
      #expect(owners.wheel.scheduledCount == 0)
      #expect(owners.wheel.next == .never)
    }
  }

  @Test func movingAndRemovingLeavesNothingBehind() {
    var random = SplitMix64(seed: 2)
    var owners = Owners(at: 5_000_000_000)
    var expected = 0
    for _ in 0..<20_000 {
      let known = owners.deadlines.keys.sorted { $0.index < $1.index }
      switch random.next() % 4 {
      case 0:
        owners.add(deadline: owners.now + Int64(random.next() % UInt64(Self.turn * 2)))
      case 1 where !known.isEmpty:
        owners.remove(known[Int(random.next() % UInt64(known.count))])
      case 2 where !known.isEmpty:
        owners.move(
          known[Int(random.next() % UInt64(known.count))],
          to: owners.now + Int64(random.next() % UInt64(Self.turn)))
      default:
        owners.run(to: owners.now + Int64(random.next() % UInt64(Self.tick * 50)))
      }
      expected = owners.deadlines.count
      #expect(owners.wheel.count == expected)
      #expect(owners.wheel.scheduledCount == expected)
      let overdue = owners.deadlines.values.filter { $0 + Self.tick * 2 <= owners.now }
      #expect(overdue.isEmpty, "missed \(overdue)")
    }
    for entry in owners.deadlines.keys { owners.remove(entry) }
    #expect(owners.wheel.count == 0 && owners.wheel.scheduledCount == 0 && owners.wheel.next == .never)
  }

  /// `next` against a plain list of the ticks at which entries must come up.
  @Test func nextIsTheEarliestOfAPlainList() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<300 {
      let start = Int64(random.next() % 100_000_000_000_000)
      var wheel = TimerWheel(at: Instant(nanoseconds: start))
      let current = (start + Self.tick - 1) / Self.tick
      var ticks: [TimerWheel.Entry: Int64] = [:]
      for _ in 0..<Int(random.next() % 40) + 1 {
        if random.next() % 3 == 0, let (entry, _) = ticks.min(by: { $0.value < $1.value }) {
          wheel.remove(entry)
          ticks[entry] = nil
        } else {
          let deadline = start + Int64(random.next() % UInt64(Self.turn * 2))
          let entry = wheel.add()
          _ = wheel.schedule(entry, by: Instant(nanoseconds: deadline))
          ticks[entry] = max(current + 1, min((deadline + Self.tick - 1) / Self.tick, current + 4095))
        }
        let expected = ticks.values.min().map { Instant(nanoseconds: $0 * Self.tick) } ?? .never
        #expect(wheel.next == expected)
      }
    }
  }

  @Test func anEntryWithinATurnIsVisitedOnce() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<2_000 {
      let start = Int64(random.next() % 100_000_000_000_000)
      let deadline = start + Int64(random.next() % UInt64(Self.turn - Self.tick))
      var wheel = TimerWheel(at: Instant(nanoseconds: start))
      _ = wheel.schedule(wheel.add(), by: Instant(nanoseconds: deadline))
      let wake = wheel.next.nanoseconds
      #expect(wake >= deadline)
      var due: [TimerWheel.Entry] = []
      wheel.advance(to: Instant(nanoseconds: wake - 1), into: &due)
      #expect(due.isEmpty)
      wheel.advance(to: Instant(nanoseconds: wake), into: &due)
      #expect(due.count == 1)
    }
  }

  @Test func aLongSleepBringsEverythingUpOnce() {
    var owners = Owners(at: 0)
    for index in 1...500 { owners.add(deadline: Int64(index) * Self.tick * 8) }
    owners.wake(at: Self.turn * 40)
    #expect(owners.fired.count == 500)
    #expect(owners.wheel.scheduledCount == 0)
    // The wheel goes on from there.
    owners.add(deadline: owners.now + Self.tick * 2)
    owners.run(to: owners.now + Self.tick * 4)
    #expect(owners.fired.count == 501)
  }

  @Test func aLaterDeadlineDoesNotMoveTheEntry() {
    var wheel = TimerWheel(at: Instant(nanoseconds: 0))
    let entry = wheel.add()
    let moved = [10, 20, Int64.max / Self.tick, 5].map { tick in
      wheel.schedule(entry, by: Instant(nanoseconds: Self.tick * tick))
    }
    #expect(moved == [true, false, false, true])
    #expect(wheel.next == Instant(nanoseconds: Self.tick * 5))
    let isMovedByNever = wheel.schedule(entry, by: .never)
    #expect(!isMovedByNever)
  }

  @Test func entriesOfOneTickAllComeUp() {
    var wheel = TimerWheel(at: Instant(nanoseconds: 0))
    let entries = (0..<100).map { _ in wheel.add() }
    for entry in entries { _ = wheel.schedule(entry, by: Instant(nanoseconds: Self.tick)) }
    wheel.remove(entries[50])
    var due: [TimerWheel.Entry] = []
    wheel.advance(to: Instant(nanoseconds: Self.tick), into: &due)
    #expect(Set(due) == Set(entries).subtracting([entries[50]]))
    #expect(due.count == 99)
  }
}
