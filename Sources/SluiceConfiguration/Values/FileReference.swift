/// A file that the configuration names, and where it does.
public struct FileReference: Sendable, Hashable {
  /// Relative to the working directory of the process.
  public var path: String
  /// As messages name it: what the environment tells is not shown.
  public var shown: String
  public var position: Position

  public init(path: String, shown: String? = nil, position: Position = .whole) {
    self.path = path
    self.shown = shown ?? path
    self.position = position
  }

  /// A line more in the configuration does not make it another file.
  public static func == (left: FileReference, right: FileReference) -> Bool { left.path == right.path }

  public func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
