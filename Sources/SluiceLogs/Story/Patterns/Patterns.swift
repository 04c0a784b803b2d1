internal import SluiceCore
internal import SluiceDiagnosis

/// All that is known of what problems go back to, asked in the order of what says most.
enum Patterns {
  /// Explanations of one problem that are told.
  static let candidatesMax = 5

  /// The verdict's finding, and all explanations, that one first.
  static func conclusion(_ facts: ProblemFacts) -> (finding: Finding, candidates: [Candidate]) {
    if isUntold(facts) { return concluded(PlainPattern.untold(facts), facts) }
    var finding =
      CheckPattern.told(facts) ?? ProxyPattern.find(facts) ?? RestartPattern.find(facts) ?? DownPattern.find(facts)
      ?? LadderPattern.find(facts)
      ?? SlownessPattern.find(facts)
      ?? WorkerTimeoutPattern.find(facts) ?? BreakPattern.find(facts) ?? CheckPattern.untold(facts)
      ?? PlainPattern.find(facts)
    // What rests on a guess is no surer than that.
    if rooted(facts).contains(where: \.isGuess) { finding.sure = min(finding.sure, .possible) }
    return concluded(finding, facts)
  }

  private static func rooted(_ facts: ProblemFacts) -> [FailureRun] {
    guard case .cause(let cause) = facts.draft.root else { return [] }
    return facts.draft.runs.filter { $0.key.cause == cause }
  }

  /// Whether lines tell only that requests failed.
  private static func isUntold(_ facts: ProblemFacts) -> Bool {
    let runs = rooted(facts)
    return !runs.isEmpty && runs.allSatisfy { $0.key.cause == nil || $0.sure == .unknown }
  }

  /// Other causes for which the proxy writes the same, where they would be another kind of problem.
  private static func others(_ facts: ProblemFacts) -> [Candidate] {
    rooted(facts).flatMap { run in
      run.alternatives.filter { Strand($0) != Strand(run.key.cause) }.map {
        Candidate($0, .possible, "\(facts.title) writes the same for both.")
      }
    }
  }

  private static func concluded(_ finding: Finding, _ facts: ProblemFacts) -> (Finding, [Candidate]) {
    var finding = finding
    let also = facts.notes + [facts.told(facts.machineEvent, "another log told")].compactMap { $0 }
    finding.evidence = finding.evidence.prefix(Finding.evidenceMax - also.count) + also
    var candidates = [finding.candidate]
    for candidate in finding.also + [ChangePattern.candidate(facts)].compactMap({ $0 }) + others(facts) {
      guard !candidates.contains(where: { $0.cause == candidate.cause }) else { continue }
      candidates.append(candidate)
    }
    for index in candidates.indices { candidates[index].evidence = candidates[index].evidence.map(\.asSentence) }
    return (finding, Array(candidates.prefix(candidatesMax)))
  }
}
