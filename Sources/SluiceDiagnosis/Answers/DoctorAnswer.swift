public import SluiceIncidents

/// What an examination found, for machines: the one shape of a diagnosis (DESIGN 2.6), and what it comes from.
/// `sluice doctor --json` prints it, and the admin address answers it.
public struct DoctorAnswer: Codable, Equatable, Sendable {
  public struct Endpoint: Codable, Equatable, Sendable {
    public var endpoint: String
    public var verdict: Verdict
    public var candidates: [Candidate]
    public var checks: [NextCheck]
    public var steps: [StepReport]
    public var examination: Examination
  }

  public var isHealthy: Bool
  public var verdict: Verdict
  public var candidates: [Candidate]
  public var checks: [NextCheck]
  public var endpoints: [Endpoint]

  public init(_ diagnosis: Diagnosis, _ examinations: [Examination]) {
    isHealthy = diagnosis.isHealthy
    verdict = diagnosis.verdict
    candidates = diagnosis.candidates
    checks = diagnosis.checks
    endpoints = examinations.map { examination in
      let own = diagnose(examination)
      return Endpoint(
        endpoint: examination.target.endpoint, verdict: own.verdict, candidates: own.candidates, checks: own.checks,
        steps: Step.allCases.compactMap { StepReport.of($0, in: examination) }, examination: examination)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case isHealthy = "healthy"
    case verdict, candidates, checks, endpoints
  }
}
