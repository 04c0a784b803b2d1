/// Who has to act on a failure: the `who` of every verdict, and the only list of owners.
public enum Owner: UInt8, CaseIterable, Hashable, Sendable {
  /// Whoever sent the request.
  case client
  /// The gateway's own code or life cycle.
  case gateway
  /// Whoever wrote the gateway's configuration, or the part of the endpoint's that must agree with it.
  case configuration
  /// What lies between the gateway and the endpoint: routes, firewalls, name servers.
  case network
  /// The machine that the gateway runs on: descriptors, ports, memory.
  case machine
  /// The application behind the endpoint.
  case application
  /// What the application itself depends on. Only a diagnosis can name it.
  case dependency
  /// A change that was rolled out.
  case deploy
  case unknown

  public var identifier: String {
    switch self {
    case .client: "client"
    case .gateway: "gateway"
    case .configuration: "configuration"
    case .network: "network"
    case .machine: "machine"
    case .application: "application"
    case .dependency: "dependency"
    case .deploy: "deploy"
    case .unknown: "unknown"
    }
  }
}
