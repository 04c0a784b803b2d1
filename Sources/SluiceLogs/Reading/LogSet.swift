/// One log: a file with its rotated parts, or standard input.
public struct LogSet: Equatable, Sendable {
  /// As the user knows it: the path of the newest file, or `(standard input)`.
  public var name: String
  /// Paths, oldest first; `-` is standard input.
  public var files: [String]

  public init(name: String, files: [String]) {
    self.name = name
    self.files = files
  }

  public static let standardInput = LogSet(name: "(standard input)", files: ["-"])
}
