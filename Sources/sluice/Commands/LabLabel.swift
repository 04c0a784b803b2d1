import ArgumentParser
import Foundation
import NIOPosix
import SluiceLab

struct LabLabel: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Drive every scenario through a gateway, and tell what is true of each request.",
    discussion: """
      Each request has a marker of its own in its query (label=MARKER) and in its
      Referer. What the gateway logs of it can be found by that, and compared with
      the truth: one JSON object for each request, in one line.
      scripts/label-logs.sh does all of it.

      Examples:
        sluice lab config haproxy --logs /var/tmp/logs > haproxy.cfg
        sluice lab label --gateway http://127.0.0.1:8080 --kind haproxy > truth
      """)

  @Option(help: "The gateway, http://host:port, with a configuration of `sluice lab config`.")
  var gateway: String

  @Option(
    help: "nginx, haproxy, httpd, caddy or sluice: scenarios that it cannot reach are left out.",
    transform: GatewayKind.named)
  var kind: GatewayKind

  @Option(help: "The longest that one scenario may take, in seconds.")
  var limit = 12

  @Option(help: "How many scenarios are driven at the same time.")
  var width = 24

  func validate() throws {
    if ScoredGateway(url: gateway) == nil {
      throw ValidationError("--gateway takes http://host:port, not '\(gateway)'")
    }
    if !(1...60).contains(limit) { throw ValidationError("--limit takes 1 to 60") }
    if !(1...256).contains(width) { throw ValidationError("--width takes 1 to 256") }
  }

  func run() async throws {
    guard let target = ScoredGateway(url: gateway, name: kind.rawValue) else { throw ExitStatus.usage.code }
    var run = LabelRun(target, group: MultiThreadedEventLoopGroup.singleton)
    run.limitSeconds = limit
    run.width = width
    let scenarios = LabCatalogue.scenarios.filter { kind.speaks($0.transport) }
    let labels = await run.labels(scenarios) { ProgressLine.show("\(target.name): \($0) of \(scenarios.count)") }
    ProgressLine.clear()
    for label in labels { Terminal.say(label.json) }
    if labels.allSatisfy({ $0.outcome == .closed || $0.outcome == .unsent }) {
      Terminal.complain("sluice lab label: nothing answers at \(gateway)")
      throw ExitStatus.failed.code
    }
  }
}
