import ArgumentParser
import Foundation
import SluiceAdmin
import SluiceConfiguration
import SluiceGateway

struct Top: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch a running gateway: problems first, then endpoints and traffic.",
    discussion: """
      Examples:
        sluice top
        sluice top --admin http://10.0.0.5:9180
        sluice top --admin https://gateway.example:9180 \\
          --trust ca.pem --certificate me.pem --key me.key
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

  @OptionGroup var trust: AdminTrustOptions

  @Flag(help: "One picture, and end; also where the output is no terminal.")
  var once = false

  @Flag(help: "One JSON object on standard output, and end.")
  var json = false

  /// Seconds that an answer may take: a picture that is older would be taken for the present.
  private static let patience: Int64 = 3

  func validate() throws {
    if admin != nil, config != nil { throw ValidationError("--admin says which gateway; leave out --config") }
    if let admin, !admin.hasPrefix("http://"), !admin.hasPrefix("https://") {
      throw ValidationError("--admin takes a URL such as http://127.0.0.1:9180")
    }
  }

  func run() async throws {
    let (client, place) = try client()
    let shown: Result<Void, any Error>
    do { shown = .success(try await show(client, place)) } catch { shown = .failure(error) }
    await client.close()
    try shown.get()
  }

  private func show(_ client: AdminClient, _ place: String) async throws {
    guard json || once || isatty(STDOUT_FILENO) == 0 else {
      return try await TopLive(client: client, place: place).run()
    }
    let look: TopLook
    do {
      look = try await TopLook(client)
    } catch {
      Terminal.complain("sluice: no gateway's admin address at \(place): \(PlainText.shown("\(error)"))")
      if place.hasPrefix("http:") {
        Terminal.complain("The configuration switches it on with `admin: { address: 127.0.0.1:9180 }`.")
      }
      throw ExitStatus.failed.code
    }
    guard !json else { return Terminal.say(try JSONText.line(look)) }
    Terminal.say(TopPage(look: look, screen: Terminal.screen(), height: nil).lines.joined(separator: "\n"))
  }

  private func client() throws -> (AdminClient, place: String) {
    let token = ProcessInfo.processInfo.environment["SLUICE_ADMIN_TOKEN"]
    guard let config else {
      return try client(AdminPlace(url: admin ?? "http://127.0.0.1:9180"), token: token)
    }
    let result = ConfigurationLoader.load(path: config, environment: ProcessInfo.processInfo.environment)
    guard let configuration = result.configuration else {
      DiagnosticReport.show(result, file: config)
      throw ExitStatus.usage.code
    }
    guard let address = configuration.admin, address.port != 0 else {
      throw ValidationError("\(config) has no admin address: `admin: { address: 127.0.0.1:9180 }`")
    }
    do {
      return try client(AdminPlace(address), token: token ?? address.token?.value)
    } catch let finding as FileFinding {
      Terminal.complain("sluice: \(PlainText.shown(config)): \(PlainText.shown(finding.description))")
      throw ExitStatus.failed.code
    }
  }

  private func client(_ place: AdminPlace, token: String?) throws -> (AdminClient, place: String) {
    do {
      return (try place.client(token: token, trust.value, seconds: Self.patience), PlainText.shown(place.url))
    } catch let failure as AdminClient.Failure {
      Terminal.complain("sluice: \(PlainText.shown(failure.description))")
      throw ExitStatus.failed.code
    }
  }
}
