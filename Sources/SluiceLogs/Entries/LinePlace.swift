/// Where a line stands.
public struct LinePlace: Equatable, Hashable, Sendable {
  /// The index of its log among those that are read: a rotated set is one log.
  public var source: Int
  /// The index of its file within the log.
  public var file: Int
  /// From 1, within its file.
  public var line: Int

  public init(source: Int, file: Int, line: Int) {
    self.source = source
    self.file = file
    self.line = line
  }
}
