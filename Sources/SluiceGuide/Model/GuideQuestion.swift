/// A question that people ask, and its answer.
public struct GuideQuestion: Equatable, Sendable, Encodable {
  public let question: String
  public let answer: String

  public init(_ question: String, _ answer: String) {
    self.question = question
    self.answer = answer
  }
}
