import ArgumentParser
import Foundation
import SluiceAdmin
import SluiceConfiguration

struct Top: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch a running gateway: problems first, then endpoints and traffic.",
    discussion: """
      Examples:
        sluice top
        sluice top --admin http://10.0.0.5:9180
        sluice top --config sluice.yaml
        sluice top --once
        sluice top --json | jq .problems

      It asks the gateway's admin address every second; q ends it. A token is
      taken from SLUICE_ADMIN_TOKEN, or with --config from the configuration.

      Exit codes: 0 fine, 2 usage, 3 the gateway does not answer.
      """)

  @Option(help: "The gateway's admin address. (default: http://127.0.0.1:9180)")
  var admin: String?

  @Option(name: .shortAndLong, help: "The configuration that names it.")
  var config: String?

  @Flag(help: "One picture, and end; also where the output is no terminal.")
  var once = false

  @Flag(help: "One JSON object on standard output, and end.")
  var json = false

  func validate() throws {
    if admin != nil, config != nil { throw ValidationError("--admin says which gateway; leave out --config") }
    if let admin, !admin.hasPrefix("http://"), !admin.hasPrefix("https://") {
      throw ValidationError("--admin takes a URL such as http://127.0.0.1:9180")
    }
  }

  func run() async throws {
    let (client, place) = try client()
    guard json || once || isatty(STDOUT_FILENO) == 0 else {
      return try await TopLive(client: client, place: place).run()
    }
    let look: TopLook
    do {
      look = try await TopLook(client)
    } catch {
      Terminal.complain("sluice: no gateway's admin address at \(place): \(PlainText.shown("\(error)"))")
      Terminal.complain("The configuration switches it on with `admin: { address: 127.0.0.1:9180 }`.")
      throw ExitStatus.failed.code
    }
    guard !json else { return Terminal.say(try JSONText.line(look)) }
    Terminal.say(TopPage(look: look, screen: Terminal.screen(), height: nil).lines.joined(separator: "\n"))
  }

  private func client() throws -> (AdminClient, place: String) {
    let token = ProcessInfo.processInfo.environment["SLUICE_ADMIN_TOKEN"]
    guard let config else {
      let url = admin ?? "http://127.0.0.1:9180"
      return (AdminClient(url: url, token: token), PlainText.shown(url))
    }
    let result = ConfigurationLoader.load(path: config, environment: ProcessInfo.processInfo.environment)
    guard let configuration = result.configuration else {
      DiagnosticReport.show(result, file: config)
      throw ExitStatus.usage.code
    }
    guard let address = configuration.admin, address.port != 0 else {
      throw ValidationError("\(config) has no admin address: `admin: { address: 127.0.0.1:9180 }`")
    }
    let url = "http://\(address.address)"
    return (AdminClient(url: url, token: token ?? address.token?.value), url)
  }
}
