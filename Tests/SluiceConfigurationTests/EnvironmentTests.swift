import SluiceCore
import Testing

@testable import SluiceConfiguration

@Suite struct EnvironmentTests {
  private let environment = [
    "PORT": "3000", "HOST": "a.test", "EMPTY": "", "SECRET": "hunter2", "MONEY": "x$", "CODE": "${PORT}",
  ]

  @Test func variablesAreReplacedInAnyValue() throws {
    let text = valid.replacing("http://127.0.0.1:3000", with: "http://${HOST}:${PORT}") + "workers: ${PORT}0\n"
    #expect(
      diagnose(text, environment: environment) == ["8:10: error: 'workers' is '${PORT}0': it must be from 1 to 1024"])
    let right = try configure(text.replacing("${PORT}0", with: "1${EMPTY}"), environment: environment)
    #expect(right.upstreams.first?.endpoints.first?.target == .tcp(host: "a.test", port: 3000))
    #expect(right.upstreams.first?.endpoints.first?.url == "http://a.test:3000")
    #expect(right.workers == 1)
  }

  @Test(arguments: [
    Case("x${NONE}", "environment variable 'NONE' is not set"),
    Case("x${PORTS}", "environment variable 'PORTS' is not set; did you mean '${PORT}'?"),
    Case("x${PORT", "'${' has no closing brace; write '$${' for these two characters themselves"),
    Case("x${}", "'${}' is not the name of an environment variable: letters, digits and '_' only"),
    Case("x${1A}", "'${1A}' is not the name of an environment variable: letters, digits and '_' only"),
    Case("x${PORT:-80}", "'${PORT:-80}' is not the name of an environment variable: letters, digits and '_' only"),
  ])
  func mistakes(_ test: Case) {
    #expect(
      diagnose(valid + "name: \"\(test.text)\"", environment: environment) == ["8:7: error: \(test.diagnostics[0])"])
  }

  @Test func whatAVariableHoldsIsNotShown() {
    let text =
      valid
      + "drain: { delay: '${SECRET}', deadline: '${SECRET} s' }\nname: ${SECRET}!\nerrorPages: { contact: 'a@${SECRET}' }\n"
    let result = ConfigurationLoader.load(text: text, file: "f", environment: environment)
    #expect(result.errors.count == 4)
    #expect(!result.diagnostics.contains { $0.rendered.contains("hunter2") })
  }

  @Test(arguments: [
    ("$${PORT}", "${PORT}"), ("${MONEY}${PORT}", "x$3000"), ("${CODE}", "${PORT}"), ("$PORT $", "$PORT $"),
    ("${PORT}${PORT}", "30003000"), ("}${EMPTY}{", "}{"),
  ])
  func expansion(text: String, expected: String) throws {
    let configuration = try configure(
      valid + "routes: [{ upstream: api }, { path: /a, respond: { body: '\(text)' } }]", environment: environment)
    #expect(
      configuration.routes.last?.action
        == .respond(FixedResponse(status: 200, contentType: "text/plain; charset=utf-8", body: expected)))
  }

  @Test func whatVariablesAddIsBounded() {
    let long = ["LONG": String(repeating: "x", count: 100_000)]
    let lines = (0..<20).map { "    - { path: /\($0), respond: { body: '${LONG}' } }" }
    let text = valid + "routes:\n    - { upstream: api }\n" + lines.joined(separator: "\n")
    #expect(
      diagnose(text, environment: long).first == "20:37: error: environment variables add more than 1 MiB to this file")
  }
}
