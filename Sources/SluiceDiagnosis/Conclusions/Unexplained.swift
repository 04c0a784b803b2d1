internal import SluiceIncidents

/// An examination from which no rule concludes anything: all is well, or nothing is known.
enum Unexplained {
  /// The cause of a verdict that has nothing to complain about.
  static let none = "none"

  static func diagnosis(_ examination: Examination) -> Diagnosis {
    let place = Shown.text(examination.target.endpoint)
    let answer = examination.responses?.value?.first { $0.question == .configured && $0.cause == nil }
    guard let answer, let status = answer.status else {
      return Diagnosis(
        verdict: Verdict(
          who: "unknown", cause: "unknown", sure: .unknown,
          sentence: "What was seen of \(place) does not say what is wrong, or whether anything is.",
          next: "Look at the steps that were not run, and give them the rights that they name."),
        candidates: [], checks: [])
    }
    let time = answer.firstByteMs.map { " within \(Shown.duration($0))" } ?? ""
    return Diagnosis(
      verdict: Verdict(
        who: "unknown", cause: none, sure: .certain,
        sentence: "Nothing is wrong: \(place) answers \(status)\(time).",
        next: "Where requests fail all the same, look at one of them: `sluice incidents`, then `sluice why ID`."),
      candidates: [], checks: [])
  }
}
