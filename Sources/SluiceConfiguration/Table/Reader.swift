/// What decoding carries with it: where diagnostics go and where variables come from.
struct Reader {
  var diagnostics: DiagnosticList
  let environment: [String: String]
  private var expandedBytesLeft = ConfigurationBounds.expandedBytes

  init(diagnostics: DiagnosticList, environment: [String: String]) {
    self.diagnostics = diagnostics
    self.environment = environment
  }

  mutating func error(_ what: String, at position: Position, suggestion: @autoclosure () -> String? = nil) {
    diagnostics.add(.error, what, at: position, suggestion: suggestion())
  }

  mutating func warning(_ what: String, at position: Position, suggestion: @autoclosure () -> String? = nil) {
    diagnostics.add(.warning, what, at: position, suggestion: suggestion())
  }

  /// The text of a scalar, environment variables replaced; nil after an error.
  mutating func text(
    of node: SourceNode, named name: String, expected: String, kept: Set<String> = []
  ) -> String? {
    guard case .scalar(let scalar) = node.content, !node.isNothing else {
      unexpected(node, named: name, expected: expected)
      return nil
    }
    do {
      let text = try EnvironmentExpansion.expand(scalar.text, environment: environment, kept: kept)
      expandedBytesLeft -= max(0, text.utf8.count - scalar.text.utf8.count)
      if expandedBytesLeft < 0 {
        error("environment variables add more than 1 MiB to this file", at: node.position)
        return nil
      }
      return text
    } catch {
      self.error(error.what, at: node.position, suggestion: error.suggestion)
      return nil
    }
  }

  /// `'workers' is a list; expected a whole number such as 2`
  mutating func unexpected(_ node: SourceNode, named name: String, expected: String, suggestion: String? = nil) {
    let subject = name.isEmpty ? "the file" : "'\(name)'"
    let what = node.isNothing ? "\(subject) has no value" : "\(subject) is \(node.found)"
    error("\(what); expected \(expected)", at: node.position, suggestion: suggestion)
  }
}
