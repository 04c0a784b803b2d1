import SluiceDiagnosis

/// A diagnosis as lines: the verdict, what speaks for it, what to look at.
struct DiagnosisLines {
  let diagnosis: Diagnosis
  let screen: Screen

  /// The first line begins with `who: cause (sureness)`, so that a script can compare it.
  ///
  /// - Parameter observed: what the gateway observed, where a root cause explains it.
  func verdict(observed: String? = nil) -> [String] {
    let verdict = diagnosis.verdict
    guard !diagnosis.isHealthy else {
      let lines = WordWrap.lines(PlainText.shown(verdict.sentence), width: screen.width)
      return lines.map { screen.paint($0, .green) } + next
    }
    let seen = observed.map { ", seen as \($0)" } ?? ""
    let name = PlainText.shown("\(verdict.who): \(verdict.cause) (\(verdict.sure.rawValue))\(seen)", limit: 76)
    let sentence = WordWrap.lines(PlainText.shown("\(name). \(verdict.sentence)"), width: screen.width)
    let painted = sentence.enumerated().map { index, line in
      guard index == 0, line.hasPrefix(name) else { return screen.paint(line, .bold) }
      let rest = screen.paint(String(line.dropFirst(name.count)), .bold)
      return screen.paint(name, .boldRed) + rest
    }
    return painted + next
  }

  private var next: [String] {
    WordWrap.lines("Next: " + PlainText.shown(diagnosis.verdict.next), width: screen.width)
  }

  /// The facts behind the verdict; where something else explains them too, each candidate with its own.
  var explanations: [String] {
    let candidates = diagnosis.candidates
    guard candidates.count > 1 else {
      return section("What speaks for it", candidates.first.map { sentences($0.evidence, indent: "  ") } ?? [])
    }
    var lines: [String] = []
    for (index, candidate) in candidates.enumerated() {
      let name = "\(candidate.who): \(candidate.cause) (\(candidate.sure.rawValue))"
      lines += WordWrap.lines(PlainText.shown(name), width: screen.width, first: "  \(index + 1). ", rest: "     ")
      lines += sentences(candidate.evidence, indent: "     ")
    }
    return section("What explains it", lines)
  }

  private func sentences(_ sentences: [String], indent: String) -> [String] {
    sentences.flatMap {
      WordWrap.lines(PlainText.shown($0), width: screen.width, first: indent + "- ", rest: indent + "  ")
    }
  }

  var checks: [String] {
    var lines: [String] = []
    for (index, check) in diagnosis.checks.enumerated() {
      let number = "  \(index + 1). "
      lines += WordWrap.lines(PlainText.shown(check.question), width: screen.width, first: number, rest: "     ")
      guard let command = check.command else { continue }
      let shown = WordWrap.command(PlainText.shown(command), width: screen.width, indent: "       ")
      lines += shown.map { screen.paint($0, .cyan) }
    }
    return section("Check first", lines)
  }

  func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [screen.paint(title, .bold)] + lines
  }
}
