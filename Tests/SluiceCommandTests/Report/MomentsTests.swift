import Testing

@testable import sluice

@Suite("Moments and amounts")
struct MomentsTests {
  @Test(
    "ages and moments in UTC are read",
    arguments: [
      ("90s", -90_000), ("5m", -300_000), ("1h30m", -5_400_000), ("2d", -172_800_000), ("250ms", -250),
      ("2d ago", -172_800_000), ("1h30m ago", -5_400_000),
    ])
  func ages(text: String, distance: Int64) {
    #expect(Moments.read(text, now: Fixtures.now) == Fixtures.now + distance)
  }

  @Test(
    "a moment is read in each of its forms",
    arguments: [
      ("2026-11-24", 1_795_478_400_000), ("2026-11-24T03:20", 1_795_490_400_000),
      ("2026-11-24 03:20:07", 1_795_490_407_000),
      ("2026-11-24T03:20:07Z", 1_795_490_407_000), ("2024-02-29", 1_709_164_800_000), ("1970-01-01", 0),
    ])
  func moments(text: String, time: Int64) {
    #expect(Moments.read(text, now: Fixtures.now) == time)
    #expect(Moments.read(String(Moments.full(time).dropLast(8)), now: 0) == time)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "h", "1", "1y", "-1h", "1h 2m", "99999999999d", "2026-02-29", "2026-13-01", "2026-11-31", "2026-11-24T24:00",
      "2026-11-24T10", "2026-11-24T10:00:00.5", "2026-1-2", "2026-11-24 ago", "ago", " ago", "2dago", "24.11.2026",
      "٣h", "T10:00",
    ])
  func refused(text: String) { #expect(Moments.read(text, now: Fixtures.now) == nil) }

  @Test("times are shown in UTC, whatever a store holds")
  func shown() {
    #expect(Moments.full(Fixtures.time) == "2026-11-24 03:20:00.123 UTC")
    #expect(Moments.full(-1) == "1969-12-31 23:59:59.999 UTC")
    #expect(Moments.day(.max) == "9999-12-31")
    #expect(Moments.day(.min) == "0000-01-01")
  }

  @Test("ages are told in one unit")
  func ago() {
    let table: [(Int64, String)] = [
      (-5000, "now"), (0, "now"), (999, "now"), (1000, "1 s ago"), (59_999, "59 s ago"), (60_000, "1 min ago"),
      (3_600_000, "1 h ago"), (172_799_000, "47 h ago"), (172_800_000, "2 days ago"),
    ]
    for (age, text) in table { #expect(Amounts.ago(Fixtures.now - age, now: Fixtures.now) == text) }
    #expect(Amounts.ago(.min, now: .max) == "now")
  }

  @Test("spans have the digits that matter, and no number traps")
  func spans() {
    #expect(
      [0.4, 2, 35.14, 2500, 200_000].map(Amounts.milliseconds) == [
        "0.400 ms", "2.000 ms", "35.1 ms", "2.50 s", "3 min 20 s",
      ])
    #expect([0.5, 500, 2000, 90_000, 3_600_000].map(Amounts.span) == ["0.5 ms", "500 ms", "2 s", "1 min 30 s", "1 h"])
    for value in [Double.infinity, -.infinity, .nan, 1e300, -1] {
      #expect(!Amounts.milliseconds(value).isEmpty && !Amounts.span(value).isEmpty && !Amounts.about(value).isEmpty)
    }
  }
}
