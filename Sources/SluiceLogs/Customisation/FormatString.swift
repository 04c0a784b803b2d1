internal import SluiceCore

/// What a proxy's own format string becomes: templates, and how the time is written.
struct FormatString: Equatable {
  /// More than one where the proxy leaves parts out that it has no values for.
  var templates: [LineTemplate] = []
  var time = TimeForm.any

  /// The kinds of strings that are understood, by the key that stands before them.
  enum Kind: String, CaseIterable {
    case nginx
    case httpd
    case haproxy
    case envoy
    /// This project's own: `{client} [{time}] "{request}" {status}`.
    case template
  }

  /// - Throws: why the text is none.
  init(_ kind: Kind, _ text: String) throws(FormatStringProblem) {
    switch kind {
    case .template:
      do {
        templates = [try LineTemplate(parsing: text)]
      } catch {
        if case .unknownField(let name) = error {
          throw FormatStringProblem(
            sentence: error.sentence, suggestion: Spelling.nearest(to: name, in: LogField.allCases.map(\.name)))
        }
        throw FormatStringProblem(sentence: error.sentence, suggestion: nil)
      }
    case .nginx: try compile(NginxFormatString.parts(text))
    case .httpd: try compile(HTTPDFormatString.parts(text))
    case .envoy: try compile(EnvoyFormatString.parts(text))
    case .haproxy:
      for captures in HAProxyFormatString.captures(in: text) {
        try compile(HAProxyFormatString.parts(text, captures: captures))
      }
    }
  }

  private mutating func compile(_ parts: [FormatStringPart]) throws(FormatStringProblem) {
    var builder = TemplateBuilder()
    for part in parts {
      switch part {
      case .literal(let text): builder.add(text)
      case .field(let field, let form):
        if field == .time, let form { time = form }
        try builder.add(field)
      case .list(let field): try builder.add(field, isList: true)
      case .skipped: try builder.add(nil)
      }
    }
    templates.append(try builder.template())
  }
}
