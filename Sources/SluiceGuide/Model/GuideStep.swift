/// One thing to do: what is asked, and the command that answers it.
///
/// Words in capitals stand for values of the reader's own: HOST, PORT, NAME, PATH, URL,
/// FILE, PID, UNIT, ID.
public struct GuideStep: Equatable, Sendable, Encodable {
  public let text: String
  public let command: String?

  public init(_ text: String, _ command: String? = nil) {
    self.text = text
    self.command = command
  }
}
