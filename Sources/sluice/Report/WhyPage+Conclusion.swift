import SluiceDiagnosis

// What the evidence says, and what to look at.

extension WhyPage {
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
}
