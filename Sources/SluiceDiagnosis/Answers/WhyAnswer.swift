public import SluiceIncidents

/// One incident explained, for machines: the one shape of a diagnosis (DESIGN 2.6), and the incident that it is about.
/// `sluice why --json` prints it, and the admin address answers it.
public struct WhyAnswer: Codable, Equatable, Sendable {
  public var verdict: Verdict
  public var candidates: [Candidate]
  public var checks: [NextCheck]
  public var incident: Incident
  /// The problem that it belongs to; nil: the store does not know it any more.
  public var problem: Problem?
  /// Deploys, reloads and what else changed in the ten minutes before it, the latest first.
  public var changes: [Change]
  /// What the gateway saw when it looked at the endpoint by itself; nil: it did not look at that time.
  public var examination: Examination?

  public init(_ incident: Incident, in surroundings: IncidentSurroundings) {
    self.init(surroundings.diagnosis(of: incident), incident, in: surroundings)
  }

  init(_ diagnosis: Diagnosis, _ incident: Incident, in surroundings: IncidentSurroundings) {
    verdict = diagnosis.verdict
    candidates = diagnosis.candidates
    checks = diagnosis.checks
    self.incident = incident
    problem = surroundings.problem
    changes = Change.suspects(of: incident, stored: surroundings.changes)
    examination = surroundings.examination
  }
}
