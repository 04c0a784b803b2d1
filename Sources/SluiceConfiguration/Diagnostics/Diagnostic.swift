/// One thing that is wrong, or doubtful, in a configuration.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: String, Sendable, Hashable {
    /// The configuration is refused.
    case error
    /// The configuration is used as it is.
    case warning
  }

  public var severity: Severity
  /// As it was named to the loader; for what came from the command line, the option: `--to`.
  public var file: String
  public var position: Position
  /// A sentence without a final stop. Values are shown as written in the file, never as the environment expanded them.
  public var what: String
  /// The text that was probably meant, where there is one.
  public var suggestion: String?
  /// The source line, control characters replaced; nil where the diagnostic is about the file as a whole.
  public var excerpt: String?

  public var line: Int { position.line }
  public var column: Int { position.column }

  /// One line: `sluice.yaml:12:5: error: unknown key 'upstrem'; did you mean 'upstream'?`
  public var text: String {
    let place = position.line > 0 ? "\(file):\(position.line):\(position.column)" : file
    let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return "\(place): \(severity.rawValue): \(what)\(hint)"
  }

  /// `text`, and below it the source line with a caret under the place.
  public var rendered: String {
    guard let excerpt, position.column > 0, position.column <= ConfigurationBounds.excerptCharacters else {
      return text
    }
    let gutter = String(position.line)
    let margin = String(repeating: " ", count: gutter.count)
    let indent = String(repeating: " ", count: position.column - 1)
    return "\(text)\n \(gutter) | \(excerpt)\n \(margin) | \(indent)^"
  }
}
