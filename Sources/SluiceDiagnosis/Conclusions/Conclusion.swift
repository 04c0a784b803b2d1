internal import SluiceCore

/// What one rule concludes from an examination.
///
/// A rule that lacks a fact concludes nothing: what was not looked at is unknown, and never "no".
struct Conclusion {
  /// One sentence without its full stop: who and why, with names and numbers.
  var sentence: String
  /// What to do now.
  var next: String
  var explanation: Explanation
  /// What to look at beyond the first checks of the cause.
  var checks: [Check]

  init(_ sentence: String, next: String, _ explanation: Explanation, checks: [Check] = []) {
    self.sentence = sentence
    self.next = next
    self.explanation = explanation
    self.checks = checks
  }
}
