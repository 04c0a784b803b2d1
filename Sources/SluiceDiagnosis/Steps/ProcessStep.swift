internal import SluiceIncidents

/// Is the process alive: who listens, since when, where else.
enum ProcessStep {
  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    [StepReport.absence(of: examination.listeners, what: "It")].compactMap { $0 }
  }
}
