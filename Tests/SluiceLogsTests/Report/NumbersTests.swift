import SluiceLogs
import Testing

@Suite("Numbers for people")
struct NumbersTests {
  @Test("digits are grouped", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
  func grouped(number: Int, text: String) {
    #expect(Numbers.plain(number) == text)
  }

  @Test(
    "shares keep the figures that count",
    arguments: [
      (0, "0 %"), (1, "100 %"), (0.9999, "over 99.9 %"), (0.125, "12.5 %"), (0.5, "50 %"), (0.0042, "0.42 %"),
      (0.00003, "0.003 %"), (0.000_000_1, "less than 0.001 %"), (.nan, "0 %"), (7, "100 %"),
    ])
  func shares(share: Double, text: String) {
    #expect(Numbers.percent(share) == text)
  }
}
