import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite struct BackoffTests {
  @Test(arguments: [(1, Int64(2)), (2, 4), (3, 8), (7, 128), (8, 256), (9, 300), (10, 300), (1_000_000, 300)])
  func thePauseIsAnywhereBelowItsBound(tries: Int, seconds: Int64) {
    func pause(_ random: UInt64) -> TimeSpan { Backoff.pause(tries: tries, retryAfter: nil, random: random) }
    #expect(pause(0) == .zero)
    #expect(pause(.max) == .seconds(seconds))
    #expect(abs(pause(.max / 2).nanoseconds - seconds * 500_000_000) <= 1)
  }

  @Test func retryAfterIsTheLeastAndIsBounded() {
    #expect(Backoff.pause(tries: 1, retryAfter: .seconds(60), random: .max) == .seconds(60))
    #expect(Backoff.pause(tries: 9, retryAfter: .seconds(60), random: .max) == .seconds(300))
    #expect(Backoff.pause(tries: 1, retryAfter: .seconds(1 << 30), random: 0) == .seconds(3600))
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

  @Test(arguments: [
    (200, DeliveryOutcome.delivered), (204, .delivered), (299, .delivered),
    (301, .refused(status: 301)), (304, .refused(status: 304)), (400, .refused(status: 400)),
    (404, .refused(status: 404)), (410, .refused(status: 410)),
    (408, .failed(.status(408), retryAfter: nil)), (425, .failed(.status(425), retryAfter: nil)),
    (429, .failed(.status(429), retryAfter: nil)), (500, .failed(.status(500), retryAfter: nil)),
    (599, .failed(.status(599), retryAfter: nil)), (600, .refused(status: 600)),
  ])
  func statuses(status: Int, outcome: DeliveryOutcome) {
    #expect(DeliveryOutcome(status: status, retryAfter: nil) == outcome)
  }

  /// A problem that is told to persist must not be one that is over for want of a second incident.
  @Test func noLimitIsShorterThanTheQuietTime() throws {
    let quiet = Problem.quietTime.components.seconds
    _ = try webhook("http://127.0.0.1", "persistsAfter: \(quiet)s")
    #expect(throws: Unexpected.self) { try webhook("http://127.0.0.1", "persistsAfter: \(quiet - 1)s") }
  }
}
