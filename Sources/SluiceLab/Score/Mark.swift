/// What the score says of one question.
public enum Mark: String, Sendable {
  case right
  case wrong
  /// The question does not arise: the scenario expects no such thing, or the answer does not say.
  case notJudged
}
