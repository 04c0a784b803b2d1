import SluiceDiagnosis
import SluiceIncidents

/// `sluice why --json`: the one shape of a diagnosis (DESIGN 2.6), and the incident that it is about.
struct WhyAnswer: Encodable {
  let verdict: Verdict
  let candidates: [Candidate]
  let checks: [NextCheck]
  let incident: Incident
  /// What the gateway saw when it looked at the endpoint by itself; nil: it did not look at that time.
  let examination: Examination?

  init(_ diagnosis: Diagnosis, _ incident: Incident, _ examination: Examination?) {
    verdict = diagnosis.verdict
    candidates = diagnosis.candidates
    checks = diagnosis.checks
    self.incident = incident
    self.examination = examination
  }
}

/// The same where there is no such incident.
struct WhyNothing: Encodable {
  enum Reason: String, Encodable {
    /// An ID of ours of which only a count was kept, or nothing any more.
    case notKept = "not_kept"
    case unknown
  }

  let found: Bool = false
  let reason: Reason
  /// What was asked for.
  let id: String
  /// Of the ID's second.
  let problems: [Problem]

  private enum CodingKeys: CodingKey { case found, reason, id, problems }
}
