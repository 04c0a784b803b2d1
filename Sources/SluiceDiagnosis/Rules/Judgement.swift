internal import SluiceCore

/// What the rule for a cause says of one incident.
struct Judgement {
  /// One sentence without its full stop: who and why, with names and numbers.
  var sentence: String
  /// What to do now.
  var next: String
  /// The verdict's own explanation.
  var verdict: Explanation
  /// The other candidates, the likeliest first.
  var others: [Explanation]
  /// What to look at beyond the first checks of the cause.
  var checks: [Check]

  init(
    _ sentence: String, next: String, _ verdict: Explanation, or others: [Explanation?] = [], checks: [Check] = []
  ) {
    self.sentence = sentence
    self.next = next
    self.verdict = verdict
    self.others = others.compactMap { $0 }
    self.checks = checks
  }
}
