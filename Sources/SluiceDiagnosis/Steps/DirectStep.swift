internal import SluiceIncidents

/// The endpoint asked stage by stage: name, connection, TLS, HTTP.
enum DirectStep {
  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    ResolutionFindings.of(examination) + ConnectionFindings.of(examination) + HandshakeFindings.of(examination)
      + ResponseFindings.of(examination) + KeepAliveFindings.of(examination)
  }
}
