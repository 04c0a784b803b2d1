/// One line as an example.
public struct LogSample: Equatable, Sendable, Codable {
  public var file: String
  /// From 1.
  public var line: Int
  public var text: String

  public init(file: String, line: Int, text: String) {
    self.file = file
    self.line = line
    self.text = text
  }
}
