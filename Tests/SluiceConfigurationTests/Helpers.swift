import SluiceConfiguration

/// The diagnostics of a text, each as `line:column: severity: what; did you mean 'that'?`.
func diagnose(_ text: String, environment: [String: String] = [:]) -> [String] {
  ConfigurationLoader.load(text: text, file: "f", environment: environment).diagnostics.map {
    String($0.text.dropFirst($0.line > 0 ? 2 : 3))
  }
}

/// The configuration of a text that must be without any diagnostic.
func configure(_ text: String, environment: [String: String] = [:]) throws -> Configuration {
  let result = ConfigurationLoader.load(text: text, file: "f", environment: environment)
  guard let configuration = result.configuration, result.diagnostics.isEmpty else {
    throw Unexpected(diagnostics: result.diagnostics.map(\.text))
  }
  return configuration
}

struct Unexpected: Error, CustomStringConvertible {
  var diagnostics: [String]
  var description: String { diagnostics.joined(separator: "\n") }
}

/// Seven lines without a mistake; what a test appends begins on line 8.
let valid = """
  listeners:
    - address: 127.0.0.1:8080
  upstreams:
    api:
      endpoints:
        - http://127.0.0.1:3000
  # the end

  """
