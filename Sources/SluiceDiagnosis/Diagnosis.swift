/// What a diagnosis says: one verdict, and everything that was considered. The one shape of `why --json`,
/// `doctor --json` and the API.
public struct Diagnosis: Equatable, Sendable, Codable {
  public var verdict: Verdict
  /// The likeliest first; the verdict's own cause is the first of them.
  public var candidates: [Candidate]
  /// What to look at, in this order, each with the command that does it.
  public var checks: [NextCheck]

  public init(verdict: Verdict, candidates: [Candidate], checks: [NextCheck]) {
    self.verdict = verdict
    self.candidates = candidates
    self.checks = checks
  }
}
