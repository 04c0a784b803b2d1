import Foundation
import SluiceDiagnosis
import SluiceIncidents
import TestSupport
import Testing

/// One run of `sluice doctor --json`, as a person would type it.
struct DoctorRun: Sendable {
  struct Answer: Decodable, Sendable {
    struct Endpoint: Decodable, Sendable {
      var endpoint: String
      var verdict: Verdict
      var candidates: [Candidate]
      var steps: [StepReport]
      var examination: Examination
    }

    var healthy: Bool
    var verdict: Verdict
    var candidates: [Candidate]
    var checks: [NextCheck]
    var endpoints: [Endpoint]
  }

  let answer: Answer
  let status: Int32
  let seconds: Double

  /// - Parameters:
  ///   - arguments: behind `doctor --json`.
  ///   - folder: holds the state folder, so that no other store is read.
  init(_ arguments: [String], in folder: TestFolder) async throws {
    let began = ContinuousClock.now
    let run = try await CommandRun(["doctor", "--json"] + arguments, environment: ["XDG_STATE_HOME": folder.path])
    let took = ContinuousClock.now - began
    seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    status = run.status
    try #require(status == 0 || status == 1, "\(run.errors)")
    answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
  }

  var verdict: Verdict { answer.verdict }

  /// What a failed expectation shows.
  var told: String {
    let steps = answer.endpoints.flatMap(\.steps).map { step in
      "  \(step.step): " + step.findings.map { "[\($0.mark)] \($0.text)" }.joined(separator: " ")
    }
    let candidates = answer.candidates.map { "\($0.who): \($0.cause) (\($0.sure))" }.joined(separator: ", ")
    return "\(verdict.who): \(verdict.cause) (\(verdict.sure)). \(verdict.sentence)\ncandidates: \(candidates)\n"
      + steps.joined(separator: "\n")
  }
}

/// The first candidate must be the right one, and the run must have ended in time.
func expect(
  _ run: DoctorRun, _ cause: String, who: String, sure: [Sureness] = [.certain, .likely],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(run.status == 1, "\(run.told)", sourceLocation: sourceLocation)
  #expect(run.verdict.cause == cause && run.verdict.who == who, "\(run.told)", sourceLocation: sourceLocation)
  #expect(sure.contains(run.verdict.sure), "\(run.told)", sourceLocation: sourceLocation)
  #expect(run.answer.candidates.first?.cause == cause, "\(run.told)", sourceLocation: sourceLocation)
}
