import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite struct ExamineTests {
  @Test func whatAnswersIsHealthy() {
    let diagnosis = diagnose(.sample { $0.responses = .value([.answered(200)]) })
    #expect(diagnosis.isHealthy && diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.sentence.contains("answers 200"))
  }

  @Test(arguments: [(UInt16(200), true), (404, true), (500, false), (503, false)])
  func anErrorOfTheApplicationsOwnIsNoHealth(_ status: UInt16, _ isHealthy: Bool) {
    let seen = Examination.sample { $0.responses = .value([.answered(status)]) }
    #expect(Unexplained.isHealthy(seen) == isHealthy)
    #expect(diagnose(seen).isHealthy == isHealthy)
  }

  @Test func whatWasNotSeenIsUnknownAndNeverFine() {
    let nothing = diagnose(.sample { _ in })
    #expect(!nothing.isHealthy && nothing.verdict.cause == "unknown" && nothing.verdict.sure == .unknown)
    let late = diagnose(.sample { $0.responses = .timedOut(milliseconds: 500) })
    #expect(!late.isHealthy && late.verdict.sure == .unknown)
  }

  @Test func ofSeveralTheWorstIsToldWithHowManyFail() throws {
    let fine = Examination.sample { $0.responses = .value([.answered(200)]) }
    let unknown = Examination.sample { _ in }
    let mixed = try #require(diagnose([fine, unknown, fine]))
    #expect(mixed.verdict.sentence.hasPrefix("1 of 3 endpoints fail. "))
    let all = try #require(diagnose([unknown, unknown]))
    #expect(all.verdict.sentence.hasPrefix("All 2 endpoints fail. "))
    #expect(try #require(diagnose([fine, fine])).isHealthy)
    #expect(diagnose([]) == nil)
  }

  @Test(arguments: Cause.allCases) func noRootCauseExplainsWhatNothingAtTheEndpointDoes(_ cause: Cause) {
    let explaining = RootCause.allCases.filter { root in cause.symptom.map(root.explains) == true }
    #expect(explaining.isEmpty == (cause.symptom == nil))
  }
}

extension Examination {
  /// Of an endpoint on this machine.
  static func sample(_ change: (inout Examination) -> Void) -> Examination {
    var examination = Examination(
      time: 1_796_000_000_000,
      target: ExaminationTarget(
        endpoint: "http://127.0.0.1:3000", upstream: "api", isTLS: false, host: "127.0.0.1", port: 3000,
        socketPath: nil, path: "/"))
    change(&examination)
    return examination
  }
}

extension ResponseSeen {
  static func answered(_ status: UInt16) -> ResponseSeen {
    var seen = ResponseSeen(question: .configured, address: "127.0.0.1:3000", method: "GET", path: "/")
    seen.status = status
    seen.firstByteMs = 3
    return seen
  }
}
