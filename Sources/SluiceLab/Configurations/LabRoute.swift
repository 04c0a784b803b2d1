/// One route of a gateway in front of the lab: the same path for every gateway, so that one score fits them all.
///
/// Each scenario has a route and an upstream of its own, those on the main port as well. What a scenario leaves behind
/// (a connection with bytes on it, an ejected endpoint) then cannot decide how another one ends.
public struct LabRoute: Sendable, Equatable {
  /// The name of the scenario.
  public let name: String
  /// The path that leads to it, without a query. No other route's path is a prefix of it by whole segments unless the
  /// gateway is told to compare whole paths or takes the longest.
  public let path: String
  public let endpoint: LabEndpoint
  /// What the gateway has to speak there.
  public let transport: LabTransport
  /// What it needs for TLS; nil where it is not used.
  public let trust: LabTrust?

  /// A name for upstreams: never a number, which YAML would read as one.
  var upstream: String { "lab-\(name)" }

  /// - Parameter trust: the files for TLS; nil where nobody knows their folder.
  static func all(_ trust: LabTrust?, _ endpoint: (Scenario) -> LabEndpoint) -> [LabRoute] {
    LabCatalogue.scenarios.map { scenario in
      LabRoute(
        name: scenario.name, path: String(scenario.gatewayTarget.prefix { $0 != "?" }), endpoint: endpoint(scenario),
        transport: scenario.transport, trust: scenario.transport.isTLS ? trust : nil)
    }
  }
}

extension Scenario {
  /// The request target that leads to a scenario through a gateway: its own on the main port, `/lab/NAME` where it has
  /// an address of its own and answers at any path.
  public var gatewayTarget: String {
    if case .path(let target) = reach { target } else { "/lab/\(name)" }
  }
}
