import SluiceCore
import Testing

@Suite struct CheckScheduleTests {
  @Test func theFirstCheckIsAnywhereWithinTheIntervalAndTheNextAboutOneLater() {
    var random = SplitMix64(seed: 5)
    let interval = TimeSpan.seconds(5)
    var first: [Double] = []
    var next: [Double] = []
    for _ in 0..<2000 {
      first.append(CheckSchedule.first(interval: interval, random: random.next()).inSeconds)
      next.append(CheckSchedule.next(interval: interval, random: random.next()).inSeconds)
    }
    #expect(first.allSatisfy { 0..<5 ~= $0 } && next.allSatisfy { 4.5..<5.5 ~= $0 })
    #expect(first.count { $0 < 2.5 } > 900 && first.count { $0 > 2.5 } > 900)
    #expect(CheckSchedule.next(interval: interval, random: 0) == .milliseconds(4500))
    #expect(CheckSchedule.first(interval: interval, random: .max) < interval)
  }

  @Test("Checks that began together drift apart and do not meet again")
  func noSynchrony() {
    var random = SplitMix64(seed: 9)
    var times = Array(repeating: 0.0, count: 50)
    for _ in 0..<200 {
      for index in times.indices {
        times[index] += CheckSchedule.next(interval: .seconds(5), random: random.next()).inSeconds
      }
    }
    // In which tenth of the interval each would be asked: all of them are used.
    let tenths = Set(times.map { Int($0.truncatingRemainder(dividingBy: 5) * 2) })
    #expect(tenths.count >= 8, "\(tenths.sorted())")
  }
}
