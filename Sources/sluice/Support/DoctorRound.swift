import Foundation
import SluiceDiagnosis
import SluiceIncidents
import SluiceProbes

/// One look at all targets of `sluice doctor`, told as it goes.
struct DoctorRound {
  let source: DoctorSource
  var json = false
  /// Whether steps are shown; otherwise only their verdict.
  var showsSteps = true

  private var examiner: Examiner { Examiner(reader: source.reader, withoutStore: source.withoutStore) }

  /// - Returns: what is wrong with the worst of them.
  func run() async throws -> Diagnosis {
    let isSingle = source.targets.count == 1
    let live = isSingle && !json && showsSteps
    if live, let target = source.targets.first { Terminal.say(title(target.target)) }
    let (examinations, diagnosis) = try await look(live: live)
    guard !json else {
      Terminal.say(try JSONText.line(DoctorAnswer(diagnosis, examinations)))
      return diagnosis
    }
    if showsSteps, !isSingle { for examination in examinations { tell(examination) } }
    let parts = DiagnosisLines(diagnosis: diagnosis, screen: Terminal.screen())
    let sections: [[String]] = [[""], parts.verdict(), parts.explanations, parts.checks]
    Terminal.say(Array(sections.filter { !$0.isEmpty }.joined(separator: [""])).dropFirst().joined(separator: "\n"))
    return diagnosis
  }

  /// - Parameter live: whether steps are told as they finish.
  func look(live: Bool = false) async throws -> ([Examination], Diagnosis) {
    let examinations = await examine(live: live)
    ProgressLine.clear()
    guard let diagnosis = diagnose(examinations) else { throw ExitStatus.failed.code }
    return (examinations, diagnosis)
  }

  private func title(_ target: ExaminationTarget) -> String {
    let upstream = target.upstream.map { " (upstream \(PlainText.shown($0)))" } ?? ""
    return "Examining \(PlainText.peer(target.endpoint, limit: 120))\(upstream)"
  }

  /// In the order of the targets.
  private func examine(live: Bool) async -> [Examination] {
    let (screen, count) = (Terminal.screen(), source.targets.count)
    return await examiner.examine(
      source.targets, log: source.log, moment: source.moment,
      onStep: { step, so in
        guard live, let report = StepReport.of(step, in: so) else { return }
        ProgressLine.clear()
        Terminal.say(StepLines(screen: screen, whyCommand: source.whyCommand).lines(report).joined(separator: "\n"))
        ProgressLine.show("looking…")
      }, onEnd: { if !live { ProgressLine.show("examined \($0) of \(count)") } })
  }

  private func tell(_ examination: Examination) {
    let screen = Terminal.screen()
    let own = diagnose(examination)
    var lines = [title(examination.target)]
    // Where all is well a line is enough.
    if !own.isHealthy {
      lines += Step.allCases.compactMap { StepReport.of($0, in: examination) }.flatMap(
        StepLines(screen: screen, whyCommand: source.whyCommand).lines)
    }
    lines += DiagnosisLines(diagnosis: own, screen: screen).verdict().prefix(2)
    Terminal.say(lines.joined(separator: "\n") + "\n")
  }
}
