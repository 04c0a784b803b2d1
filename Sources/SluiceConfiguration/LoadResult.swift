/// What came of loading a configuration.
public struct LoadResult: Sendable {
  /// nil where there is any error.
  public var configuration: Configuration?
  /// In the order of the file.
  public var diagnostics: [Diagnostic]

  /// What diagnostics of the same file are added to.
  var list: DiagnosticList? = nil

  /// Adds what a later check found, where the files that the configuration names are read. An error takes the
  /// configuration away.
  public mutating func add(_ severity: Diagnostic.Severity, _ what: String, at position: Position) {
    var list = list ?? DiagnosticList(file: "")
    list.add(severity, what, at: position)
    self.list = list
    diagnostics = list.sorted
    if severity == .error { configuration = nil }
  }

  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }
}
