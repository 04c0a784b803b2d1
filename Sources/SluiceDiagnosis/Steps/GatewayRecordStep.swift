internal import SluiceIncidents

/// What the gateway itself had recorded.
enum GatewayRecordStep {
  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    [StepReport.absence(of: examination.gatewayRecord, what: "It")].compactMap { $0 }
  }
}
