import Testing

@testable import SluiceCore

/// Each decision of the adaptive limit on windows that are made by hand.
@Suite struct AdaptiveLimitTests {
  /// A limit that is fed windows of one latency each.
  private struct Fed {
    var limit: AdaptiveLimit
    var now = Instant(nanoseconds: 0)

    init(floor: Int = 4, start: Int = 20, ceiling: Int = 1000) {
      var policy = AdaptivePolicy()
      (policy.floor, policy.start) = (floor, start)
      limit = AdaptiveLimit(policy, ceiling: ceiling, at: now)
    }

    /// A second with this many answers, of which so many had waited.
    mutating func window(_ milliseconds: Int64, count: Int = 100, waited: Int = 100) {
      var samples = limit.samples
      for number in 0..<count {
        samples.add(.milliseconds(milliseconds), sentAt: now, hadWaited: number < waited)
      }
      now = now + .seconds(1)
      limit.add(samples, at: now, random: 0)
    }

    /// An upstream that works at so many requests at a time, for 40 ms each.
    mutating func overload(threads: Int, windows: Int) {
      for _ in 0..<windows { window(Int64(40 * max(threads, limit.limit) / threads)) }
    }
  }

  @Test func itBeginsAtItsStartWithinItsBounds() {
    #expect(Fed().limit.limit == 20)
    #expect(Fed(floor: 30).limit.limit == 30)
    #expect(Fed(ceiling: 10).limit.limit == 10)
    #expect(Fed(floor: 30, ceiling: 10).limit.limit == 10)
    #expect(Fed().limit.binding == .adaptive)
    #expect(Fed(ceiling: 10).limit.binding == .configured)
  }

  @Test func trafficThatDoesNotWaitMovesNothing() {
    var fed = Fed()
    for _ in 0..<10 { fed.window(40, waited: 0) }
    for _ in 0..<10 { fed.window(4000, waited: 0) }
    #expect(fed.limit.limit == 20)
    #expect(fed.limit.reason == .held)
    #expect(fed.limit.epoch == 0)
  }

  /// Slow answers lower it only where half of the requests waited.
  @Test func aFewThatWaitDoNotLowerIt() {
    var fed = Fed()
    for _ in 0..<5 { fed.window(40, waited: 0) }
    fed.window(400, waited: 49)
    #expect(fed.limit.limit >= 20)
  }

  @Test func theFirstOverloadDoublesItAndShowsWhetherThereIsAQueue() {
    var fed = Fed()
    fed.window(40)
    #expect(fed.limit.limit == 44 && fed.limit.reason == .grew)
    // As fast as before: there is no queue, and 40 ms is how long it takes.
    fed.window(40)
    #expect(fed.limit.reason == .grew && fed.limit.limit == 62)
    #expect(fed.limit.latencyWithoutQueue.map { 39...41 ~= $0.inMilliseconds } == true)

    var busy = Fed()
    busy.window(200)
    // Twice the requests, twice as long: a probe halves it.
    busy.window(440)
    #expect(busy.limit.reason == .probing && busy.limit.limit == 22)
    busy.window(220)
    #expect(busy.limit.reason == .probing && busy.limit.limit == 11)
    busy.window(110)
    #expect(busy.limit.reason == .probing && busy.limit.limit == 5)
    // Half the requests, and little faster: the queue ended within this step.
    busy.window(90)
    #expect(busy.limit.reason == .probed)
    #expect(busy.limit.latencyWithoutQueue.map { 88...92 ~= $0.inMilliseconds } == true)
    // (1.25 × 90 ÷ 440) × 44 = 11, and its root.
    #expect(busy.limit.limit == 14)
  }

  /// The second window under overload measures, whether or not the first could be an experiment.
  @Test func anUpstreamWhoseLimitCannotGrowIsProbedToo() {
    var fed = Fed(ceiling: 20)
    fed.window(200)
    #expect(fed.limit.reason == .probing && fed.limit.limit == 10)
    fed.overload(threads: 4, windows: 10)
    #expect(4...9 ~= fed.limit.limit)
  }

  @Test func itEndsWhereTheApplicationIsJustBusy() {
    var fed = Fed()
    fed.overload(threads: 4, windows: 20)
    #expect(4...9 ~= fed.limit.limit)
    #expect(fed.limit.latencyWithoutQueue == .milliseconds(40))
  }

  @Test func aProbeNeverGoesBelowTheFloor() {
    var fed = Fed(floor: 10)
    var lowest = fed.limit.limit
    for _ in 0..<100 {
      fed.overload(threads: 1, windows: 1)
      lowest = min(lowest, fed.limit.limit)
    }
    #expect(lowest == 10)
  }

  @Test func aProbeWithoutAnswersIsGivenUp() {
    var fed = Fed()
    fed.window(200)
    fed.window(440)
    #expect(fed.limit.limit == 22)
    let epoch = fed.limit.epoch
    fed.limit.add(fed.limit.samples, at: fed.now + .milliseconds(1700), random: 0)
    #expect(fed.limit.limit == 22, "four times the latency have not passed")
    fed.limit.add(fed.limit.samples, at: fed.now + .milliseconds(1800), random: 0)
    #expect(fed.limit.limit == 44 && fed.limit.reason == .probeGivenUp)
    #expect(fed.limit.epoch == epoch + 1)
  }

  @Test func aProbeThatNobodyWaitsThroughIsGivenUp() {
    var fed = Fed()
    fed.window(200)
    fed.window(440)
    fed.window(30, waited: 10)
    #expect(fed.limit.limit == 44 && fed.limit.reason == .probeGivenUp)
  }

  /// 100 requests at a time, answered in 40 ms; then in 80 ms, whatever the limit.
  @Test func aLowerLimitThatMakesNothingFasterIsPutBack() {
    var fed = Fed()
    while fed.limit.limit < 100 { fed.window(40) }
    let before = fed.limit.limit
    fed.window(80)
    #expect(fed.limit.reason == .fell && fed.limit.limit < before * 3 / 4)
    fed.window(80)
    #expect(fed.limit.reason == .slower && fed.limit.limit == before)
    #expect(fed.limit.latencyWithoutQueue.map { 78...82 ~= $0.inMilliseconds } == true)
  }

  @Test func samplesOfAnotherLimitDoNotCount() {
    var fed = Fed()
    let old = fed.limit.samples
    fed.window(40)
    #expect(fed.limit.samples.epoch == old.epoch + 1)
    var late = old
    for _ in 0..<200 { late.add(.seconds(4), sentAt: fed.now, hadWaited: true) }
    let before = fed.limit.limit
    fed.limit.add(late, at: fed.now + .seconds(2), random: 0)
    #expect(fed.limit.limit == before)
    // Nor do attempts that were sent before the limit changed.
    var early = fed.limit.samples
    early.add(.seconds(4), sentAt: Instant(nanoseconds: 0), hadWaited: true)
    #expect(early.isEmpty)
  }

  @Test func aWindowNeedsAnswers() {
    var fed = Fed()
    fed.window(40, count: 9, waited: 9)
    #expect(fed.limit.limit == 20 && fed.limit.reason == .started)
    fed.window(40, count: 1, waited: 1)
    #expect(fed.limit.limit == 44)
  }

  @Test func itStaysWithinItsCeilingAndSaysThatTheConfigurationLimits() {
    var fed = Fed(ceiling: 50)
    for _ in 0..<10 { fed.window(40) }
    #expect(fed.limit.limit == 50)
    #expect(fed.limit.binding == .configured)
  }

  @Test func aReloadChangesItsBoundsAndKeepsWhatItLearned() {
    var fed = Fed()
    fed.overload(threads: 4, windows: 20)
    let known = fed.limit.latencyWithoutQueue
    fed.limit.adopt(fed.limit.policy, ceiling: 6, at: fed.now)
    #expect(fed.limit.limit <= 6)
    var policy = AdaptivePolicy()
    policy.floor = 30
    fed.limit.adopt(policy, ceiling: 1000, at: fed.now)
    #expect(fed.limit.limit == 30)
    #expect(fed.limit.latencyWithoutQueue == known)
  }

  /// Half a minute after the last, up to a fifth later by chance.
  @Test func theNextProbeIsDueAfterAnIntervalWithJitter() {
    var dues: Set<Instant> = []
    for random in [0, .max / 3, .max / 2] as [UInt64] {
      var limit = Fed().limit
      limit.confirm(1e6, at: Instant(nanoseconds: 0), random: random)
      #expect(limit.probeDue >= Instant(nanoseconds: 0) + .seconds(30))
      #expect(limit.probeDue <= Instant(nanoseconds: 0) + .seconds(36))
      dues.insert(limit.probeDue)
    }
    #expect(dues.count == 3)
  }

  @Test func reasonsHaveNamesOfTheirOwn() {
    #expect(Set(AdaptiveLimit.Reason.allCases.map(\.identifier)).count == AdaptiveLimit.Reason.allCases.count)
    #expect(Set(AdmissionLimit.allCases.map(\.identifier)).count == AdmissionLimit.allCases.count)
  }
}
