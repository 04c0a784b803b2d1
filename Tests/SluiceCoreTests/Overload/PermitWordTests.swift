internal import SluiceCore
internal import Testing

@Suite struct PermitWordTests {
  @Test func halvesDoNotTouchEachOther() throws {
    var word = PermitWord.empty
    for _ in 0..<5 { word = try #require(word.acquiring(capacity: 5)) }
    for _ in 0..<3 { word = try #require(word.queueing(capacity: 5, limit: 3)) }
    #expect(word.inUse == 5)
    #expect(word.waiting == 3)
    #expect(PermitWord(bits: .max).acquiring(capacity: .max) == nil)
    #expect(PermitWord(bits: .max).queueing(capacity: .max, limit: .max) == nil)
  }

  @Test func aPermitIsTakenDirectlyOnlyWhileNobodyWaits() throws {
    let full = try #require(PermitWord.empty.acquiring(capacity: 1))
    #expect(full.acquiring(capacity: 1) == nil)
    let queued = try #require(full.queueing(capacity: 1, limit: 1))
    #expect(queued.acquiring(capacity: 2) == nil, "a newcomer would pass the one who waits")
    #expect(queued.queueing(capacity: 1, limit: 1) == nil)
  }

  @Test func whatIsNotThereCannotBeGivenBack() {
    #expect(PermitWord.empty.releasing() == nil)
    #expect(PermitWord.empty.passingOn() == nil)
    #expect(PermitWord.empty.leaving() == nil)
    #expect(PermitWord.empty.promoting(capacity: 1) == nil)
    #expect(PermitWord.empty.shrinking(capacity: 0) == nil)
  }

  @Test func noTransitionLosesOrMakesAPermit() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      let word = PermitWord(bits: (random.next() % 5) << 32 | random.next() % 5)
      let capacity = UInt32(random.next() % 6)
      let limit = UInt32(random.next() % 6)
      let changes: [(PermitWord?, inUse: Int, waiting: Int)] = [
        (word.acquiring(capacity: capacity), 1, 0), (word.queueing(capacity: capacity, limit: limit), 0, 1),
        (word.releasing(), -1, 0), (word.shrinking(capacity: capacity), -1, 0), (word.passingOn(), 0, -1),
        (word.promoting(capacity: capacity), 1, -1), (word.leaving(), 0, -1),
      ]
      for (after, inUse, waiting) in changes {
        guard let after else { continue }
        #expect(Int(after.inUse) == Int(word.inUse) + inUse)
        #expect(Int(after.waiting) == Int(word.waiting) + waiting)
      }
      if let after = word.acquiring(capacity: capacity) { #expect(after.inUse <= capacity) }
      if let after = word.queueing(capacity: capacity, limit: limit) { #expect(after.waiting <= limit) }
    }
  }

  @Test func aPermitThatCameFreeSinceTheTryIsTakenAndNotWaitedFor() throws {
    let full = try #require(PermitWord.empty.acquiring(capacity: 1))
    #expect(full.acquiring(capacity: 1) == nil, "the try")
    let free = try #require(full.releasing(), "its holder sees nobody wait")
    #expect(free.queueing(capacity: 1, limit: 8) == nil, "nobody would ever wake the one who queues now")
    #expect(free.acquiring(capacity: 1) == full)
  }

  /// Every order in which the atomic steps of holders and newcomers can meet, for a small gate: whoever waits, waits
  /// beside a full gate, so that somebody will pass a permit on.
  @Test func nobodyEverWaitsBesideAFreePermit() {
    let capacity: UInt32 = 2
    var seen: Set<PermitWord> = [.empty]
    var open: [PermitWord] = [.empty]
    while let word = open.popLast() {
      #expect(word.waiting == 0 || word.inUse == capacity, "\(word.inUse) in use, \(word.waiting) wait")
      let next = [
        word.acquiring(capacity: capacity), word.queueing(capacity: capacity, limit: 3), word.releasing(),
        word.passingOn(),
      ]
      for after in next.compactMap({ $0 }) where seen.insert(after).inserted { open.append(after) }
    }
    #expect(seen.count == 6, "0, 1, 2 in use, and 1, 2, 3 that wait beside 2")
  }

  @Test func aSmallerCapacityTakesPermitsBackAlthoughSomebodyWaits() throws {
    let word = PermitWord(bits: 2 << 32 | 5)
    let shrunk = try #require(word.shrinking(capacity: 3))
    #expect(shrunk.inUse == 4 && shrunk.waiting == 2)
    #expect(PermitWord(bits: 2 << 32 | 3).shrinking(capacity: 3) == nil)
  }
}
