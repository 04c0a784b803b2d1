import Testing

/// Records each finding as an issue of its own, so that a run tells all of them.
func expectTidy(
  _ rule: Rule, _ files: [SourceFile], sourceLocation: SourceLocation = #_sourceLocation
) {
  for finding in rule.findings(in: files) {
    Issue.record(Comment(rawValue: finding.description), sourceLocation: sourceLocation)
  }
  for path in rule.staleExemptions(in: files) {
    Issue.record("\(path) needs its exemption no longer: remove it from the rule", sourceLocation: sourceLocation)
  }
}

/// The lines that a rule finds in a sample, to prove that it can fail.
func lines(_ rule: Rule, _ sample: String, path: String = "Sources/SluiceCore/Sample.swift") -> [Int] {
  rule.findings(in: [SourceFile(path: path, text: sample)]).map(\.line)
}
