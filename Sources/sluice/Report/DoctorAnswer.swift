import SluiceDiagnosis
import SluiceIncidents

/// `sluice doctor --json`: the one shape of a diagnosis (DESIGN 2.6), and what it comes from.
struct DoctorAnswer: Encodable {
  struct Endpoint: Encodable {
    let endpoint: String
    let verdict: Verdict
    let candidates: [Candidate]
    let checks: [NextCheck]
    let steps: [StepReport]
    let examination: Examination
  }

  let isHealthy: Bool
  let verdict: Verdict
  let candidates: [Candidate]
  let checks: [NextCheck]
  let endpoints: [Endpoint]

  init(_ diagnosis: Diagnosis, _ examinations: [Examination]) {
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
