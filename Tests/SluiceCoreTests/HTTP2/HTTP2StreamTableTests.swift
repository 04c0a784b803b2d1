import Testing

@testable import SluiceCore

@Suite struct HTTP2StreamTableTests {
  @Test func itHoldsWhatADictionaryHolds() {
    var random = SplitMix64(seed: 7)
    var table = HTTP2StreamTable<Int>()
    var known: [UInt32: Int] = [:]
    for step in 0..<20_000 {
      let id = UInt32(random.next() % 300) * 2 + 1
      switch random.next() % 4 {
      case 0, 1:
        if known[id] == nil { table.insert(step, for: id) }
        known[id] = known[id] ?? step
      case 2:
        #expect(table.remove(id) == known.removeValue(forKey: id))
      default:
        _ = table.with(id) { $0 += 1 }
        if let value = known[id] { known[id] = value + 1 }
      }
      #expect(table.count == known.count)
      #expect(table[id] == known[id])
    }
    #expect(Set(table.ids) == Set(known.keys))
    #expect(table.ids.allSatisfy { table[$0] == known[$0] })
  }
}
