internal import SluiceIncidents

/// What was changed lately, and whether failures began with it.
enum DeployStep {
  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    [StepReport.absence(of: examination.deploys, what: "It")].compactMap { $0 }
  }
}
