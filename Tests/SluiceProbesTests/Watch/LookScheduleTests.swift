import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite struct LookScheduleTests {
  private var schedule = LookSchedule()
  private let refused = ProblemKey(cause: "connect_refused", route: nil, upstream: "api", endpoint: "http://a:1")

  @Test mutating func anEndpointIsLookedAtOnceAMinute() {
    #expect(schedule.begin(refused, upstream: "api", endpoint: "http://a:1", at: 0) == .look)
    schedule.ended()
    let other = ProblemKey(cause: "stale_keepalive", route: nil, upstream: "api", endpoint: "http://a:1")
    #expect(schedule.begin(other, upstream: "api", endpoint: "http://a:1", at: 59_999) == .tooSoon)
    #expect(schedule.begin(other, upstream: "api", endpoint: "http://a:2", at: 59_999) == .look)
    #expect(schedule.begin(other, upstream: "api", endpoint: "http://a:1", at: 60_000) == .look)
  }

  @Test mutating func aFewAtATime() {
    for number in 0..<LookSchedule.runningMax {
      #expect(schedule.begin(refused, upstream: "api", endpoint: "http://a:\(number)", at: 0) == .look)
    }
    #expect(schedule.begin(refused, upstream: "api", endpoint: "http://b:1", at: 0) == .tooMany)
    schedule.ended()
    #expect(schedule.begin(refused, upstream: "api", endpoint: "http://b:1", at: 0) == .look)
  }

  @Test mutating func aStormOfEndpointsHasABound() {
    for number in 0..<LookSchedule.rememberedMax {
      #expect(schedule.begin(refused, upstream: "api", endpoint: "http://a:\(number)", at: 0) == .look)
      schedule.ended()
    }
    #expect(schedule.begin(refused, upstream: "api", endpoint: "http://b:1", at: 1) == .tooMany)
    #expect(schedule.begin(refused, upstream: "api", endpoint: "http://b:1", at: 60_000) == .look)
  }

  @Test(arguments: ["rate_limited", "client_aborted", "proxy_bug", "local_fds_or_memory", "of_another_version"])
  func whatIsNoEndpointsDoingIsNotLookedAt(_ cause: String) {
    var schedule = schedule
    let problem = ProblemKey(cause: cause, route: nil, upstream: "api", endpoint: nil)
    #expect(schedule.begin(problem, upstream: "api", endpoint: "http://a:1", at: 0) == .pointless)
  }

  @Test mutating func aClockThatIsSetBackHoldsUpNothing() {
    #expect(schedule.begin(refused, upstream: "api", endpoint: "http://a:1", at: 100_000) == .look)
    #expect(schedule.begin(refused, upstream: "api", endpoint: "http://a:1", at: 0) == .look)
  }
}
