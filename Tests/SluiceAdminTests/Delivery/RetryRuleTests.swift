import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite struct RetryRuleTests {
  @Test(arguments: [(1, Int64(2)), (2, 4), (3, 8), (7, 128), (8, 256), (9, 300), (10, 300), (1_000_000, 300)])
  func thePauseIsAnywhereBelowItsBound(tries: Int, seconds: Int64) {
    func pause(_ random: UInt64) -> TimeSpan { RetryRule.alerts.pause(tries: tries, retryAfter: nil, random: random) }
    #expect(pause(0) == .zero)
    #expect(pause(.max) == .seconds(seconds))
    #expect(abs(pause(.max / 2).nanoseconds - seconds * 500_000_000) <= 1)
  }

  @Test func retryAfterIsTheLeastAndIsBounded() {
    #expect(RetryRule.alerts.pause(tries: 1, retryAfter: .seconds(60), random: .max) == .seconds(60))
    #expect(RetryRule.alerts.pause(tries: 9, retryAfter: .seconds(60), random: .max) == .seconds(300))
    #expect(RetryRule.alerts.pause(tries: 1, retryAfter: .seconds(1 << 30), random: 0) == .seconds(3600))
  }

  @Test(arguments: [
    ("0", 0), ("120", 120), ("99999999999999999999", Int64(1) << 31), ("Tue, 24 Nov 2026 12:01:30 GMT", 90),
    ("Tue, 24 Nov 2026 11:00:00 GMT", 0), ("Tue, 01 Mar 2028 00:00:00 GMT", 39_960_000),
    ("Tue, 29 Feb 2028 12:00:00 GMT", 39_916_800),
  ])
  func retryAfter(text: String, seconds: Int64) {
    #expect(RetryAfter.parse(text, now: noon) == .seconds(seconds))
  }

  @Test(arguments: [
    "", " 1", "-1", "1.5", "soon", "Tuesday, 24-Nov-26 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:00 CET",
    "Tue, 24 Nov 2026 25:00:00 GMT", "Tue, 24 Nix 2026 12:00:00 GMT", "Tue, 24 Nov 99999999999999999999 12:00:00 GMT",
  ])
  func otherTextsAskForNothing(text: String) {
    #expect(RetryAfter.parse(text, now: noon) == nil)
  }

  @Test(arguments: [200, 202, 204, 299])
  func successes(status: Int) {
    for rule in [RetryRule.alerts, .spans] {
      #expect(DeliveryOutcome(status: status, retryAfter: nil, body: [1], by: rule) == .delivered([1]))
    }
  }

  @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 599])
  func whatIsTriedAgain(status: Int) {
    let again = DeliveryOutcome.failed(.status(status), retryAfter: .seconds(3))
    #expect(DeliveryOutcome(status: status, retryAfter: .seconds(3), body: [], by: .alerts) == again)
    let exported = DeliveryOutcome(status: status, retryAfter: .seconds(3), body: [], by: .spans)
    #expect(exported == ([429, 502, 503, 504].contains(status) ? again : .refused(status: status)))
  }

  @Test(arguments: [301, 304, 307, 400, 401, 404, 410, 413, 600])
  func whatIsNot(status: Int) {
    for rule in [RetryRule.alerts, .spans] {
      let outcome = DeliveryOutcome(status: status, retryAfter: .seconds(3), body: [], by: rule)
      #expect(outcome == .refused(status: status))
    }
  }

  /// A problem that is told to persist must not be one that is over for want of a second incident.
  @Test func noLimitIsShorterThanTheQuietTime() throws {
    let quiet = Problem.quietTime.components.seconds
    _ = try webhook("http://127.0.0.1", "persistsAfter: \(quiet)s")
    #expect(throws: Unexpected.self) { try webhook("http://127.0.0.1", "persistsAfter: \(quiet - 1)s") }
  }
}
