import ArgumentParser
import Foundation
import SluiceLab

/// Where the lab is: the same words for the lab itself and for the configurations in front of it.
struct LabPlaceOptions: ParsableArguments {
  @Option(help: "The address that the lab listens on.")
  var labHost = "127.0.0.1"

  @Option(help: "The lab's main port.")
  var labPort = LabPlan.standardPort

  @Option(help: "The first of the scenarios' own ports.")
  var labPortsFrom = LabPlan.standardPortsFrom

  @Option(help: "The folder of the Unix sockets. (default: sluice-lab in the folder for temporary files)")
  var sockets: String?

  func validate() throws {
    if let problem = plan.problem { throw ValidationError(problem) }
  }

  var plan: LabPlan {
    LabPlan(
      host: labHost, port: labPort, portsFrom: labPortsFrom, sockets: sockets ?? Self.standardSockets)
  }

  static var standardSockets: String {
    LabPlan.standardSockets(temporary: ProcessInfo.processInfo.environment["TMPDIR"])
  }
}
