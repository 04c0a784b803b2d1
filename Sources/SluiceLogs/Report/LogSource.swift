/// One log that was read, a rotated set as one.
public struct LogSource: Equatable, Sendable, Codable {
  /// In the order of time.
  public var files: [String]
  /// Formats that were found, the most frequent first.
  public var formats: [String]
  public var lines: Int
  public var recognised: Int
  /// Of the lines, those without a byte.
  public var blank = 0
  public var first: String?
  public var last: String?
  /// Sentences: which of the files could not be read, or not to their end, and why.
  public var problems: [String] = []
}
