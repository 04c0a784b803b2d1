import Testing

@testable import SluiceLogs

@Suite("Durations of Go's loggers")
struct GoDurationTests {
  @Test(
    "are read as milliseconds, and what nobody measured is none",
    arguments: [
      ("1.5ms", 1.5), ("1m2.5s", 62_500), ("0.25", 250), ("9223372036854774784ms", nil), ("1e308", nil), ("inf", nil),
      ("1e12", nil), ("277777h", 999_997_200_000), ("-1", nil), ("x", nil),
    ] as [(String, Double?)])
  func read(text: String, milliseconds: Double?) {
    #expect(GoDuration.milliseconds(text) == milliseconds)
  }
}
