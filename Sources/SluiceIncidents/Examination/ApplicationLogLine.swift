/// A line of a log; secrets are blanked.
public struct ApplicationLogLine: Equatable, Sendable, Codable {
  /// Unix time in milliseconds; nil: that of the line before.
  public var time: Int64?
  public var text: String

  public init(text: String) {
    self.text = text
  }
}
