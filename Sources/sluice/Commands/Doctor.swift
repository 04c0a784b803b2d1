import ArgumentParser
import Foundation
import SluiceConfiguration
import SluiceDiagnosis
import SluiceIncidents
import SluiceProbes

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Examine a URL, or the endpoints of an upstream: who fails, why, what next.",
    discussion: """
      Looks at the process, the gateway's records, the application's log, the
      endpoint itself, the machine and the deploys, side by side. It changes
      nothing, and needs no running gateway; it knows more where one has watched
      the endpoint. What needs rights that are missing says so: as root, or as the
      application's user, it sees most.

      Examples:
        sluice doctor http://127.0.0.1:3000/healthz
        sluice doctor https://api.example.com
        sluice doctor --config sluice.yaml
        sluice doctor --config sluice.yaml api
        sluice doctor http://127.0.0.1:3000 --log /var/log/api.log --watch
        sluice doctor --config sluice.yaml --json | jq .verdict

      Exit codes: 0 nothing is wrong, 1 something is, 2 usage, 3 it could not look.
      """)

  @Argument(help: "A URL (http, https, host:port, unix:/path), or an upstream of --config. (default: all of them)")
  var target: String?

  @OptionGroup var place: IncidentsStoreOptions

  @Option(help: "The application's own log: a file, or journal:UNIT.")
  var log: String?

  @Option(help: "Look at logs and deploys around this time: 10m ago as 10m, or 2026-11-24T10:00. (default: now)")
  var at: String?

  @Flag(help: "Look again every two seconds until nothing is wrong.")
  var watch = false

  @Flag(help: "One JSON object on standard output; with --watch one for each look.")
  var json = false

  func run() async throws {
    let source = try DoctorSource(target: target, log: log, at: at, place: place)
    guard watch else {
      let diagnosis = try await DoctorRound(source: source, json: json).run()
      if !diagnosis.isHealthy { throw ExitStatus.found.code }
      return
    }
    try await DoctorWatch(source: source, json: json).run()
  }
}
