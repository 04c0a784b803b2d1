public import SluiceIncidents

/// What one step found, for a person to read.
public struct StepReport: Equatable, Sendable, Codable {
  public enum Mark: String, Codable, CaseIterable, Sendable {
    case fine
    /// Worth a look, and no failure by itself.
    case warning
    case failing
    case notRun
  }

  public struct Finding: Equatable, Sendable, Codable {
    public var mark: Mark
    /// One sentence; values of peers in it are safe to show.
    public var text: String

    public init(_ mark: Mark, _ text: String) {
      self.mark = mark
      self.text = text
    }
  }

  public var step: Step
  public var mark: Mark
  /// The most telling first.
  public var findings: [Finding]

  /// The mark is that of the gravest finding; a step without one was not run.
  public init(_ step: Step, _ findings: [Finding]) {
    self.step = step
    self.findings = findings
    let order: [Mark] = [.failing, .warning, .fine]
    mark = order.first { mark in findings.contains { $0.mark == mark } } ?? .notRun
  }
}

extension StepReport {
  /// What a step found in an examination; nil where it was not asked for.
  public static func of(_ step: Step, in examination: Examination) -> StepReport? {
    let findings =
      switch step {
      case .process: ProcessStep.findings(examination)
      case .gatewayRecord: GatewayRecordStep.findings(examination)
      case .applicationLog: ApplicationLogStep.findings(examination)
      case .direct: DirectStep.findings(examination)
      case .resources: ResourceStep.findings(examination)
      case .deploys: DeployStep.findings(examination)
      }
    return findings.isEmpty ? nil : StepReport(step, findings)
  }

  /// Why there is no value, as a finding; nil where there is one.
  static func absence<Value>(of seen: Seen<Value>?, what: String) -> Finding? {
    switch seen {
    case nil, .value: nil
    case .notRun(let reason): Finding(.notRun, Shown.clipped(reason, to: Shown.sentenceMax))
    case .timedOut(let limit): Finding(.notRun, "\(what) was not known within \(Shown.duration(limit)).")
    }
  }
}
