import Testing

@testable import sluice

@Suite("Word wrap")
struct WordWrapTests {
  @Test("lines break between words and begin as told")
  func lines() {
    #expect(
      WordWrap.lines("one two three four", width: 10, first: "- ", rest: "  ") == ["- one two", "  three", "  four"])
    #expect(WordWrap.lines("", width: 10, first: "- ") == ["- "])
    #expect(WordWrap.lines("exactly 10", width: 10) == ["exactly 10"])
  }

  @Test("a word that is longer than a line is cut")
  func longWord() {
    #expect(WordWrap.lines("a bcdefghijkl m", width: 6, rest: " ") == ["a", " bcdef", " ghijk", " l m"])
    let wide = WordWrap.lines(String(repeating: "支", count: 30), width: 7)
    #expect(wide.allSatisfy { PlainText.width($0) <= 7 } && wide.joined().count == 30)
    #expect(WordWrap.lines("支支", width: 1) == ["支", "支"])
  }

  @Test("a command breaks outside of quotes only, and the shell joins it again")
  func command() {
    let text = #"journalctl --since '2026-11-23 15:08:30 UTC' -g "a \" b" c\ d"#
    let lines = WordWrap.command(text, width: 40, indent: "  ")
    #expect(
      lines == [#"  journalctl --since \"#, #"    '2026-11-23 15:08:30 UTC' -g \"#, #"    "a \" b" c\ d"#])
    #expect(WordWrap.command("ls", width: 40, indent: "  ") == ["  ls"])
    let joined = lines.map { $0.hasSuffix(" \\") ? String($0.dropLast(2)) : $0 }.joined(separator: " ")
    #expect(joined.split(separator: " ").joined(separator: " ") == text)
  }
}
