import SluiceDiagnosis
import Testing

@testable import sluice

@Suite struct StepLinesTests {
  private let report = StepReport(
    .process,
    [
      .init(.failing, "Nothing listens at 127.0.0.1:3000, and this sentence is long enough that it must be wrapped."),
      .init(.warning, "Worth a look."), .init(.fine, "All is well."), .init(.notRun, "Needs root."),
    ])

  @Test func eachFindingHasItsMark() {
    let lines = StepLines(screen: Screen(width: 60)).lines(report)
    #expect(
      lines == [
        "✗ 1. Is the process alive?",
        "  ✗ Nothing listens at 127.0.0.1:3000, and this sentence is",
        "    long enough that it must be wrapped.",
        "  ! Worth a look.", "    All is well.", "  - Needs root.",
      ])
  }

  @Test func withoutUnicodeTheMarksAreASCII() {
    let lines = StepLines(screen: Screen(width: 60, hasUnicode: false)).lines(report)
    #expect(lines.first == "x 1. Is the process alive?" && lines.joined().allSatisfy(\.isASCII))
  }

  @Test func whatAPeerSaysCommandsNoTerminal() {
    let lines = StepLines(screen: Screen(width: 60)).lines(StepReport(.direct, [.init(.fine, "a\u{1B}[2Jb\u{7}")]))
    #expect(!lines.joined().unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
  }

  @Test func theGravestFindingMarksTheStep() {
    #expect(StepReport(.direct, [.init(.fine, "a"), .init(.notRun, "b")]).mark == .fine)
    #expect(StepReport(.direct, [.init(.fine, "a"), .init(.warning, "b")]).mark == .warning)
    #expect(StepReport(.direct, []).mark == .notRun)
  }
}
