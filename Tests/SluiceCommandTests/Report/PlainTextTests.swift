import Testing

@testable import sluice

@Suite("Texts on a terminal")
struct PlainTextTests {
  @Test("what a peer sent is ASCII that no terminal acts on")
  func peer() {
    #expect(PlainText.peer("/a\u{1B}[2J\r\n\u{7F}é\\") == #"/a\x1b[2J\r\n\x7f\xc3\xa9\\"#)
    #expect(PlainText.peer("abcdef", limit: 4) == "abcd...")
    #expect(PlainText.peer("abcd", limit: 4) == "abcd")
  }

  @Test("what an operator wrote keeps its letters and loses what moves a cursor or turns a line")
  func shown() {
    #expect(
      PlainText.shown("Zahlung für 支払い ✓ \u{9B}2J \u{202E}cba\u{200B}\u{2028}")
        == ##"Zahlung für 支払い ✓ \u{9b}2J \u{202e}cba\u{200b}\u{2028}"##)
    #expect(PlainText.shown("abc", limit: 2) == "ab...")
  }

  @Test("wide letters take two columns, and a cut never exceeds its width")
  func width() {
    #expect(PlainText.width("支払い") == 6)
    #expect(PlainText.cut("支払い", width: 6, ellipsis: "…") == "支払い")
    for width in 1...6 { #expect(PlainText.width(PlainText.cut("支払いx", width: width, ellipsis: "…")) <= width) }
    #expect(PlainText.cut("abcdef", width: 4, ellipsis: "…") == "abc…")
    #expect(PlainText.padded("é支", width: 5, isRight: true) == "  é支")
  }

  @Test("JSON holds no control or format character, and stays the same JSON")
  func json() throws {
    let text = try JSONText.line(["a": "\u{9B}\u{202E}\u{E0001}\u{1B}é"])
    #expect(text == #"{"a":"\u009b\u202e\udb40\udc01\u001bé"}"#)
  }
}
