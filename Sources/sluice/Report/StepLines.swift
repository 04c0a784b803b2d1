import SluiceDiagnosis

/// The steps of an examination as lines: a mark, the question, what was found below it.
struct StepLines {
  let screen: Screen
  /// What explains an incident, before its ID.
  var whyCommand = "sluice why"

  func lines(_ report: StepReport) -> [String] {
    let number = (Step.allCases.firstIndex(of: report.step) ?? 0) + 1
    let title = "\(mark(report.mark)) \(screen.paint("\(number). \(report.step.question)", .bold))"
    return [title] + report.findings.flatMap(lines)
  }

  private func lines(_ finding: StepReport.Finding) -> [String] {
    let head = finding.mark == .fine ? "    " : "  \(plain(finding.mark)) "
    let lines = WordWrap.lines(PlainText.shown(named(finding.text)), width: screen.width, first: head, rest: "    ")
    guard finding.mark != .fine, let first = lines.first else { return lines }
    let rest = String(first.dropFirst(head.count))
    return ["  \(mark(finding.mark)) \(rest)"] + lines.dropFirst()
  }

  /// Whoever concludes does not know where the store is; whoever asked does.
  private func named(_ text: String) -> String {
    text.replacing("`sluice why ", with: "`\(whyCommand) ")
  }

  private func mark(_ mark: StepReport.Mark) -> String {
    switch mark {
    case .fine: screen.paint(plain(mark), .green)
    case .warning: screen.paint(plain(mark), .yellow)
    case .failing: screen.paint(plain(mark), .boldRed)
    case .notRun: screen.paint(plain(mark), .dim)
    }
  }

  /// One column each.
  private func plain(_ mark: StepReport.Mark) -> String {
    switch mark {
    case .fine: screen.hasUnicode ? "✓" : "+"
    case .warning: "!"
    case .failing: screen.hasUnicode ? "✗" : "x"
    case .notRun: "-"
    }
  }
}
