import ArgumentParser
import Foundation
import SluiceLab

struct LabConfig: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print a configuration of a gateway in front of the lab.",
    discussion: """
      Every gateway gets the same paths: a scenario's own, or /lab/NAME where it has
      an address of its own.

      Examples:
        sluice lab config nginx --listen 127.0.0.1:8081 > nginx.conf
        sluice lab config sluice > sluice.yaml && sluice run --config sluice.yaml
        sluice lab config caddy --json | jq -r .check
      """)

  @Argument(help: "nginx, haproxy, httpd, caddy or sluice.", transform: GatewayKind.named)
  var gateway: GatewayKind

  @Option(help: "Where the gateway listens, host:port or [v6]:port.")
  var listen = "127.0.0.1:8080"

  @Option(help: "Every timeout towards the lab, in seconds.")
  var timeout = 2

  @Option(
    help: "A folder, which is there, for the gateway's logs; HAProxy sends them to the Unix socket log.sock in it.")
  var logs: String?

  @Option(help: "What is logged: usual, or detailed.", transform: GatewayLogs.Form.named)
  var logForm = GatewayLogs.Form.usual

  @OptionGroup var places: LabPlaceOptions

  @Flag(help: "One JSON object on standard output.")
  var json = false

  /// A port has to be named: nobody means 80 by leaving it out.
  private var address: ScoredGateway? {
    let hasPort = listen.split(separator: ":").last.flatMap { Int($0) } != nil
    return hasPort && listen.contains(":") ? ScoredGateway(url: "http://\(listen)") : nil
  }

  func validate() throws {
    if address == nil { throw ValidationError("--listen takes host:port or [v6]:port") }
    if !(1...3600).contains(timeout) { throw ValidationError("--timeout takes 1 to 3600") }
    if let logs, !logs.hasPrefix("/") || logs.contains(where: { "\"'\\$%{};# \n".contains($0) }) {
      throw ValidationError("--logs takes an absolute path without spaces, quotes and signs that configurations use")
    }
  }

  func run() async throws {
    guard let address else { throw ExitStatus.usage.code }
    let plan = GatewayPlan(
      host: address.host, port: address.port, routes: places.plan.routes, timeoutSeconds: timeout,
      logs: logs.map { GatewayLogs(folder: $0, form: logForm) })
    let text = gateway.configuration(plan)
    guard json else { return Terminal.say(String(text.dropLast())) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let report = Report(
      gateway: gateway.rawValue, file: gateway.fileName, check: gateway.checkCommand, run: gateway.runCommand,
      configuration: text, routes: plan.routes.map { Report.Route(scenario: $0.name, path: $0.path) })
    Terminal.say(String(decoding: try encoder.encode(report), as: UTF8.self))
  }

  private struct Report: Encodable {
    struct Route: Encodable {
      let scenario: String
      let path: String
    }

    let gateway: String
    let file: String
    let check: String
    let run: String
    let configuration: String
    let routes: [Route]
  }
}
