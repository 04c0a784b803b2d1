internal import SluiceCore
internal import SluiceDiagnosis

/// All that is known of what problems go back to, asked in the order of what says most.
enum Patterns {
  /// Explanations of one problem that are told.
  static let candidatesMax = 5

  /// The verdict's finding, and all explanations, that one first.
  static func conclusion(_ facts: ProblemFacts) -> (finding: Finding, candidates: [Candidate]) {
    let finding =
      CheckPattern.told(facts) ?? RestartPattern.find(facts) ?? DownPattern.find(facts) ?? LadderPattern.find(facts)
      ?? SlownessPattern.find(facts)
      ?? WorkerTimeoutPattern.find(facts) ?? BreakPattern.find(facts) ?? CheckPattern.untold(facts)
      ?? PlainPattern.find(facts)
    var candidates = [finding.candidate]
    for candidate in finding.also + [ChangePattern.candidate(facts)].compactMap({ $0 }) {
      guard !candidates.contains(where: { $0.cause == candidate.cause }) else { continue }
      candidates.append(candidate)
    }
    return (finding, Array(candidates.prefix(candidatesMax)))
  }
}
