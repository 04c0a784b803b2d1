/// What a configuration is made from.
public struct GatewayPlan: Sendable {
  /// Where the gateway listens: an IPv4 or IPv6 address and a port.
  public var host: String
  public var port: Int
  public var routes: [LabRoute]
  /// Connecting, waiting for a response's head, and silence on either body, in seconds.
  public var timeoutSeconds = 2
  /// What the gateway logs; nil: nothing but what it dies of.
  public var logs: GatewayLogs?

  public init(host: String, port: Int, routes: [LabRoute], timeoutSeconds: Int = 2, logs: GatewayLogs? = nil) {
    self.host = host
    self.port = port
    self.routes = routes
    self.timeoutSeconds = timeoutSeconds
    self.logs = logs
  }

  /// `host:port`, an IPv6 address in brackets.
  var listen: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  /// Where paths lead that are no scenario's: the lab's main address.
  var main: LabEndpoint? {
    let known = Dictionary(LabCatalogue.scenarios.map { ($0.name, $0) }) { first, _ in first }
    return routes.first { route in
      if case .path = known[route.name]?.reach { true } else { false }
    }?.endpoint
  }
}
