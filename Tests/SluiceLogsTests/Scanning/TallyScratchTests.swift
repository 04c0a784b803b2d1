import Testing

@testable import SluiceLogs

@Suite("Counting of ordinary lines")
struct TallyScratchTests {
  @Test("more names than the bound are counted together, and each product has its own")
  func names() {
    var scratch = TallyScratch()
    for number in 0..<5000 {
      let bytes = Array("api 10.0.0.\(number):80 200".utf8)
      var fields = FieldSet()
      fields.set(.upstream, 0, 3)
      fields.set(.endpoint, 4, bytes.count - 4)
      fields.set(.status, bytes.count - 3, bytes.count)
      scratch.count(bytes.span.bytes, fields, UInt8(number % 2), time: Int64(number))
    }
    var tally = TrafficTally()
    scratch.add(to: &tally)
    #expect(tally.requests == 5000)
    #expect(tally.counts.values.reduce(0) { $0 + $1.requests } == 5000)
    #expect(Set(tally.counts.keys.map(\.endpoint)).count <= TrafficTally.namesMax)
    let others = tally.counts.filter { $0.key.upstream == TrafficTally.others }
    #expect(Set(others.keys.map(\.product)).count == 2)
    #expect(others.values.reduce(0) { $0 + $1.requests } == 5000 - (TrafficTally.namesMax - LogProduct.allCases.count))
  }

  @Test("every product has its own names, short ones too")
  func shortNames() {
    var scratch = TallyScratch()
    for product in 0..<UInt8(LogProduct.allCases.count) {
      for letter in 0x21..<UInt8(0x7F) {
        var fields = FieldSet()
        fields.set(.upstream, 0, 1)
        scratch.count([letter, 0x20].span.bytes, fields, product, time: 0)
      }
    }
    var tally = TrafficTally()
    scratch.add(to: &tally)
    let own = tally.counts.filter { $0.key.upstream != TrafficTally.others }
    #expect(own.count == min(94 * LogProduct.allCases.count, TrafficTally.namesMax - LogProduct.allCases.count))
    #expect(own.values.allSatisfy { $0.requests == 1 })
  }

  @Test("ordinary lines went well, with a status and without, and what is no status is none")
  func statuses() {
    var scratch = TallyScratch()
    for status in ["200", "499", "500", "599", "600", "-", "2x0", ""] {
      let bytes = Array(status.utf8)
      var fields = FieldSet()
      fields.set(.status, 0, bytes.count)
      scratch.count(bytes.span.bytes, fields, 0, time: nil)
    }
    var tally = TrafficTally()
    scratch.add(to: &tally)
    #expect(tally.statuses == [200: 1, 499: 1, 500: 1, 599: 1, 600: 1, 0: 3])
    #expect(tally.counts.values.map(\.failed) == [0])
    #expect(tally.counts.keys.map(\.slot) == [nil])
  }

  @Test("of what failed, no status and 5xx are failures and other statuses are not")
  func failures() {
    var scratch = TallyScratch()
    for status in [nil, 200, 499, 500, 599, 600] as [UInt16?] {
      scratch.count(Made.access(status ?? 0, at: 1) { $0.status = status }, 0)
    }
    var tally = TrafficTally()
    scratch.add(to: &tally)
    #expect(tally.counts.values.map(\.failed) == [3])
  }

  @Test("what failed is counted at its own time, between lines of another and while slots become longer")
  func aside() {
    var scratch = TallyScratch()
    var fields = FieldSet()
    fields.set(.status, 0, 3)
    // So many that slots become longer in between.
    let slots = 3 * TrafficTally.slotsMax
    let base = Made.at(0) / 10_000 * 10_000
    for slot in 0..<slots {
      let time = base + Int64(slot) * 10_000
      scratch.count(Array("200 ".utf8).span.bytes, fields, 0, time: time)
      scratch.count(Made.access(504, at: 0) { $0.time = time + 30_000 }, 0)
      scratch.count(Array("200 ".utf8).span.bytes, fields, 0, time: time + 1)
    }
    var tally = TrafficTally()
    scratch.add(to: &tally)
    #expect(tally.slotSeconds > 10 && tally.requests == 3 * slots && tally.statuses == [200: 2 * slots, 504: slots])
    for (key, count) in tally.counts {
      let begin = ((key.slot ?? 0) * 1000 - base) / 10_000
      let within = begin..<begin + tally.slotSeconds / 10
      let failed = within.clamped(to: 3..<Int64(slots) + 3).count
      #expect(count.failed == failed, "\(key)")
      #expect(count.requests == failed + 2 * within.clamped(to: 0..<Int64(slots)).count, "\(key)")
    }
    #expect(tally.counts.values.reduce(0) { $0 + $1.requests } == 3 * slots)
  }
}
