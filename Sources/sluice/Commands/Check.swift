import ArgumentParser
import Foundation
import SluiceConfiguration
import SluiceGateway

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a configuration and show every mistake at once.",
    discussion: """
      Examples:
        sluice check
        sluice check --config /etc/sluice/sluice.yaml
        sluice check --json | jq '.diagnostics[].what'

      Exit codes: 0 valid, 1 it has mistakes, 2 usage, 3 it could not be read.
      """)

  @Option(name: .shortAndLong, help: "The configuration file.")
  var config = "sluice.yaml"

  @Flag(help: "One JSON object on standard output.")
  var json = false

  func run() async throws {
    var result = ConfigurationLoader.load(path: config, environment: ProcessInfo.processInfo.environment)
    SecurityReader.check(&result)
    if json {
      Terminal.say(try DiagnosticReport.json(result, file: config))
    } else {
      DiagnosticReport.show(result, file: config)
    }
    if result.configuration == nil { throw ConfigurationSource.file(config, workers: nil).failure(.found).code }
  }
}
