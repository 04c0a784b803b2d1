import Testing

@testable import sluice

@Suite("Screen")
struct ScreenTests {
  private static let usual = ["TERM": "xterm-256color", "LANG": "en_US.UTF-8"]

  @Test("colours are for terminals that know them, and never under NO_COLOR")
  func colours() {
    #expect(Screen(columns: 100, environment: Self.usual).hasColour)
    #expect(!Screen(columns: nil, environment: Self.usual).hasColour)
    #expect(!Screen(columns: 100, environment: Self.usual.merging(["NO_COLOR": "1"]) { $1 }).hasColour)
    #expect(Screen(columns: 100, environment: Self.usual.merging(["NO_COLOR": ""]) { $1 }).hasColour)
    #expect(!Screen(columns: 100, environment: Self.usual.merging(["TERM": "dumb"]) { $1 }).hasColour)
    #expect(!Screen(columns: 100, environment: [:]).hasColour)
    #expect(Screen(width: 80, hasColour: true).paint("a", .red) == "\u{1B}[31ma\u{1B}[0m")
    #expect(Screen(width: 80).paint("a", .red) == "a")
  }

  @Test("the width is the terminal's; a pipe gets 80 columns or what COLUMNS says")
  func width() {
    #expect(Screen(columns: 132, environment: ["COLUMNS": "90"]).width == 132)
    #expect(Screen(columns: nil, environment: ["COLUMNS": "90"]).width == 90)
    #expect(Screen(columns: nil, environment: [:]).width == 80)
    #expect(Screen(columns: 0, environment: [:]).width == 80)
    #expect(Screen(columns: 10, environment: [:]).width == 40)
    #expect(Screen(columns: nil, environment: ["COLUMNS": "999999"]).width == 200)
  }

  @Test("bars are drawn in blocks where the locale is UTF-8")
  func unicode() {
    #expect(Screen(columns: nil, environment: ["LANG": "de_DE.utf8"]).hasUnicode)
    #expect(!Screen(columns: nil, environment: ["LC_ALL": "C", "LANG": "de_DE.UTF-8"]).hasUnicode)
    #expect(Screen(columns: nil, environment: ["LC_ALL": "", "LANG": "C.UTF-8"]).hasUnicode)
    #expect(!Screen(columns: nil, environment: [:]).hasUnicode)
    #expect(!Screen(columns: 80, environment: ["TERM": "dumb", "LANG": "C.UTF-8"]).hasUnicode)
  }
}
