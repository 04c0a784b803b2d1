internal import SluiceIncidents

/// What stands out in the application's own log.
enum ApplicationLogStep {
  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    [StepReport.absence(of: examination.applicationLog, what: "It")].compactMap { $0 }
  }
}
