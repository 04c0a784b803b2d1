internal import SluiceIncidents

/// What the machine and the cgroup have left.
enum ResourceStep {
  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    [StepReport.absence(of: examination.resources, what: "It")].compactMap { $0 }
  }
}
