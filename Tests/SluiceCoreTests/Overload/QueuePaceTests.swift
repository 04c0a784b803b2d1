import SluiceCore
import Testing

@Suite struct QueuePaceTests {
  private func at(_ milliseconds: Int64) -> Instant {
    Instant(nanoseconds: 1_000_000_000_000) + .milliseconds(milliseconds)
  }

  @Test func withoutAQueueNothingIsKnown() {
    #expect(QueuePace().perSecond(at: at(0)) == nil)
    var pace = QueuePace()
    pace.began(at: at(0))
    #expect(pace.perSecond(at: at(999)) == nil, "too short to tell")
    #expect(pace.perSecond(at: at(1000)) == 0)
  }

  @Test func itIsTheMeanOfTheLastSeconds() throws {
    var pace = QueuePace()
    pace.began(at: at(0))
    // 100 a second for ten seconds, then 10.
    for step in 0..<1000 { pace.served(at: at(Int64(step) * 10)) }
    #expect(near(pace.perSecond(at: at(10_000)), 100, within: 3))
    for step in 0..<60 { pace.served(at: at(10_000 + Int64(step) * 100)) }
    #expect(near(pace.perSecond(at: at(16_000)), 10, within: 2))
    // Nothing any more.
    #expect(pace.perSecond(at: at(30_000)) == 0)
  }

  @Test func aQueueThatEmptiesForAMomentIsTheSame() throws {
    var pace = QueuePace()
    for step in 0..<300 {
      pace.began(at: at(Int64(step) * 10))
      pace.served(at: at(Int64(step) * 10))
    }
    #expect(near(pace.perSecond(at: at(3000)), 100, within: 3))
  }

  @Test func aQueueAfterAPauseIsANewOne() {
    var pace = QueuePace()
    pace.began(at: at(0))
    for step in 0..<100 { pace.served(at: at(Int64(step) * 10)) }
    pace.began(at: at(60_000))
    #expect(pace.perSecond(at: at(60_500)) == nil)
    #expect(pace.perSecond(at: at(61_500)) == 0)
  }

  private func near(_ value: Double?, _ wanted: Double, within tolerance: Double) -> Bool {
    value.map { abs($0 - wanted) < tolerance } ?? false
  }
}
