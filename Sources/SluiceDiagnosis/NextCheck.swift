/// Something to look at, and the command that looks.
public struct NextCheck: Equatable, Sendable, Codable {
  /// A question for a person, as in "Is the process alive, and does it listen on that port?".
  public var question: String
  /// A shell command, nil where there is none.
  public var command: String?

  public init(question: String, command: String?) {
    self.question = question
    self.command = command
  }
}
