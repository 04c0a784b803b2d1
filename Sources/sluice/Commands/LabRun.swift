import ArgumentParser
import Foundation
import NIOPosix
import SluiceLab
import UnixSignals

struct LabRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the origin until SIGINT or SIGTERM, or list what it does.",
    discussion: """
      Examples:
        sluice lab
        sluice lab --port 9600 --ports-from 9601 --sockets ./sockets
        sluice lab --list
        sluice lab --list --json | jq '.[] | select(.expected.status == 504)'
      """)

  @Option(help: "The address to listen on: nobody but this machine should reach an origin that fails.")
  var host = "127.0.0.1"

  @Option(help: "The port of everything that has a path.")
  var port = LabPlan.standardPort

  @Option(help: "The first of the ports of scenarios that fail before a path is read.")
  var portsFrom = LabPlan.standardPortsFrom

  @Option(help: "The folder of the Unix sockets. (default: sluice-lab in the folder for temporary files)")
  var sockets: String?

  @Flag(help: "Tell every scenario and end.")
  var list = false

  @Flag(help: "JSON on standard output: with --list an array of scenarios, else one object with the addresses.")
  var json = false

  private var plan: LabPlan {
    LabPlan(host: host, port: port, portsFrom: portsFrom, sockets: sockets ?? LabPlaceOptions.standardSockets)
  }

  func validate() throws {
    if port == 0 { throw ValidationError("--port takes 1 to 65535: a configuration has to know it") }
    if let problem = plan.problem { throw ValidationError(problem) }
  }

  func run() async throws {
    if list {
      let machine = String(decoding: LabCatalogue.json(plan).dropLast(), as: UTF8.self)
      return Terminal.say(json ? machine : LabListing.catalogue())
    }
    DescriptorLimit.raise()
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let lab: LabServer
    do {
      lab = try await LabServer.start(plan, group: MultiThreadedEventLoopGroup.singleton)
    } catch {
      Terminal.complain("sluice lab: \(error)")
      throw ExitStatus.failed.code
    }
    Terminal.say(json ? plan.json : LabListing.places(plan))
    for await _ in signals { break }
    try await lab.stop()
  }
}
