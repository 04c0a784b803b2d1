import Testing

@testable import SluiceAdmin

@Suite("Numbers and times of the dashboard")
struct DashboardTextTests {
  @Test(
    "spans of time",
    arguments: [
      (0, "0 s"), (59_999, "59 s"), (60_000, "1 min"), (3_600_000, "1 h"), (12_000_000, "3 h 20 min"),
      (86_400_000, "1 d"), (187_200_000, "2 d 4 h"), (-5, "0 s"), (.nan, "0 s"), (.infinity, "0 s"),
    ])
  func spans(_ milliseconds: Double, _ text: String) { #expect(DashboardText.span(milliseconds) == text) }

  @Test(
    "shares are never all or nothing for less",
    arguments: [
      (0, 10, "0 %"), (10, 10, "100 %"), (1, 100_000, "under 0.1 %"), (99_999, 100_000, "over 99 %"), (1, 3, "33 %"),
      (1, 40, "2.5 %"), (5, 0, "0 %"),
    ])
  func shares(_ part: Int, _ whole: Int, _ text: String) { #expect(DashboardText.percent(part, of: whole) == text) }

  @Test("rates", arguments: [(0, "0"), (0.04, "under 0.1"), (0.5, "0.5"), (12, "12"), (1234.4, "1,234"), (.nan, "0")])
  func rates(_ rate: Double, _ text: String) { #expect(DashboardText.rate(rate) == text) }

  @Test("numbers, bytes and moments")
  func others() {
    #expect(DashboardText.count(1_204_233) == "1,204,233" && DashboardText.count(-1000) == "-1,000")
    #expect(DashboardText.count(1, "incident") == "1 incident" && DashboardText.count(0, "incident") == "0 incidents")
    #expect(DashboardText.bytes(0) == "0 B" && DashboardText.bytes(20 << 20) == "20 MiB")
    let now = AdminSource.time
    #expect(DashboardText.stamp(now) == "2026-09-21T14:13:20Z")
    #expect(DashboardText.moment(now - 1000, at: now) == "14:13:19")
    #expect(DashboardText.moment(now - 86_400_000, at: now) == "2026-09-20 14:13:20")
    #expect(DashboardText.ago(now + 5000, at: now) == "just now" && DashboardText.ago(now - 5000, at: now) == "5 s ago")
    #expect(DashboardText.ago(.min, at: .max) == "just now")
  }
}
