internal import SluiceIncidents

/// The endpoint asked stage by stage: name, connection, TLS, HTTP.
enum DirectStep {
  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    [StepReport.absence(of: examination.resolution, what: "It")].compactMap { $0 }
  }
}
