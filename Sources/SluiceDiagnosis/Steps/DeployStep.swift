internal import SluiceIncidents

/// What was changed lately, and whether failures began with it.
enum DeployStep {
  /// Findings at most.
  static let findingsMax = 10

  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    guard case .value(let deploys) = examination.deploys else {
      return [StepReport.absence(of: examination.deploys, what: "What was changed")].compactMap { $0 }
    }
    guard !deploys.changes.isEmpty else {
      return [StepReport.Finding(.fine, "Nothing is known to have been changed within the last hour.")]
    }
    let moment = examination.time
    var findings = deploys.tests.map { finding($0, moment) }
    findings += deploys.differences.compactMap(finding)
    findings += deploys.changes.filter { change in !deploys.tests.contains { $0.change == change } }.map { change in
      StepReport.Finding(.fine, "\(begun(ChangeWords.name(change)))\(ChangeWords.ago(change, moment)).")
    }
    let order: [StepReport.Mark] = [.failing, .warning, .fine, .notRun]
    let sorted = order.flatMap { mark in findings.filter { $0.mark == mark } }
    return Array(
      sorted.prefix(findingsMax).map { StepReport.Finding($0.mark, Shown.clipped($0.text, to: 2 * Shown.sentenceMax)) })
  }

  private static func finding(_ test: ChangeTest, _ moment: Int64) -> StepReport.Finding {
    let name = ChangeWords.name(test.change) + ChangeWords.ago(test.change, moment)
    let (what, isFailure) =
      switch test.measure {
      case .failures: ("Failures", true)
      case .latency: ("Longer times", false)
      }
    return switch test.outcome {
    case .began: .init(isFailure ? .failing : .warning, "\(what) began with \(name). \(begun(test.reason)).")
    case .beganBefore: .init(.fine, "\(what) did not begin with \(name), but before it: \(test.reason).")
    case .beganLater: .init(.fine, "\(what) did not begin with \(name), but later: \(test.reason).")
    case .noDifference: .init(.fine, "\(what) did not begin with \(name): \(test.reason).")
    case .tooFew: .init(.notRun, "Whether \(what.lowercased()) began with \(name) is not known: \(test.reason).")
    }
  }

  private static func finding(_ difference: Difference) -> StepReport.Finding? {
    let (before, after) = (Shown.text(difference.before), Shown.text(difference.after, limit: 100))
    return switch difference.kind {
    // The tests have said it.
    case .latency: nil
    case .certificate: .init(.warning, "The certificate is another one: \(after).")
    case .program: .init(.warning, "The program was \(before) and is \(after) now.")
    case .version: .init(.fine, "The version was \(before) and is \(after) now.")
    }
  }

  private static func begun(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
