internal import SluiceIncidents

/// An examination from which no rule concludes anything: all is well, or nothing is known.
enum Unexplained {
  /// The cause of a verdict that has nothing to complain about.
  static let none = "none"

  /// The endpoint's answer, where it is one that it should give.
  private static func answer(_ examination: Examination) -> ResponseSeen? {
    examination.responses?.value?.first { response in
      response.question == .configured && response.cause == nil && response.status.map { $0 < 500 } == true
    }
  }

  /// Whether the endpoint answers as it should.
  static func isHealthy(_ examination: Examination) -> Bool { answer(examination) != nil }

  /// - Parameter beside: what is only possible.
  static func diagnosis(_ examination: Examination, beside possible: [Conclusion]) -> Diagnosis {
    let place = Shown.text(examination.target.endpoint)
    let candidates = Wording.candidates(possible.map(\.explanation))
    guard let answer = answer(examination), let status = answer.status else {
      return Diagnosis(
        verdict: Verdict(
          who: "unknown", cause: "unknown", sure: .unknown,
          sentence: "What was seen of \(place) does not say what is wrong, or whether anything is.",
          next: "Look at the steps that were not run, and give them the rights that they name."),
        candidates: candidates, checks: [])
    }
    let time = answer.firstByteMs.map { " within \(Shown.duration($0))" } ?? ""
    return Diagnosis(
      verdict: Verdict(
        who: "unknown", cause: none, sure: .certain,
        sentence: "Nothing is wrong: \(place) answers \(status)\(time).",
        next: "Where requests fail all the same, look at one of them: `sluice incidents`, then `sluice why ID`."),
      candidates: candidates, checks: [])
  }
}
