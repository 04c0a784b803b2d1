/// What came of loading a configuration.
public struct LoadResult: Sendable {
  /// nil where there is any error.
  public var configuration: Configuration?
  /// In the order of the file.
  public var diagnostics: [Diagnostic]

  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }
}
