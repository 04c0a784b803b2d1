public import SluiceConfiguration

/// What is wrong, or doubtful, with a file that the configuration names.
public struct FileFinding: Sendable, Hashable, Error, CustomStringConvertible {
  public var severity: Diagnostic.Severity
  /// A sentence without a final stop, which names the file and says what to do.
  public var what: String
  /// Where the configuration names it.
  public var position: Position

  public var description: String { what }
}
