@testable import SluiceDiagnosis
import Testing

@Suite("Values as they are shown")
struct ShownTests {
  @Test("control characters, directions and invisible ones are written out")
  func escaped() {
    #expect(Shown.text("a\u{1B}[31mb") == "a\\u{1b}[31mb")
    #expect(Shown.text("a\u{202E}b\u{200B}\u{85}\u{2028}") == "a\\u{202e}b\\u{200b}\\u{85}\\u{2028}")
    #expect(Shown.text("Bestellung für 日本") == "Bestellung für 日本")
  }

  @Test("a long text is cut, however it is written out")
  func cut() {
    #expect(Shown.text(String(repeating: "a", count: 10), limit: 10) == "aaaaaaaaaa")
    #expect(Shown.text(String(repeating: "a", count: 11), limit: 10) == "aaaaaaaaa…")
    #expect(Shown.text(String(repeating: "\u{7}", count: 100_000), limit: 10).count == 10)
  }

  @Test(
    "durations and bytes",
    arguments: [
      (0.0, "0 ms"), (0.44, "0.4 ms"), (35.9, "35 ms"), (1000, "1 s"), (2550, "2.5 s"), (61_000, "61 s"),
      (120_000, "2 min"), (179_900, "2 min 59 s"), (599_999, "9 min 59 s"), (659_999, "10 min"), (3_599_999, "59 min"),
      (7_199_999, "1 h 59 min"), (7_200_000, "2 h"), (90_000_000, "25 h"), (-5, "0 ms"), (.nan, "0 ms"),
    ])
  func durations(_ milliseconds: Double, _ shown: String) {
    #expect(Shown.duration(milliseconds) == shown)
  }

  @Test("bytes")
  func bytes() {
    #expect(Shown.bytes(1) == "1 byte")
    #expect(Shown.bytes(512) == "512 bytes")
  }
}
