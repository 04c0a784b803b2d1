extension GatewayKind {
  /// Whether the gateway can reach an origin of that kind, in the versions that distributions pack now.
  public func speaks(_ transport: LabTransport) -> Bool {
    switch self {
    // HTTP/2 towards upstreams came with 1.29, and with it the asking for a protocol.
    case .nginx: !transport.needsHTTP2 && transport != .tlsAny
    // Its module for HTTP/2 towards upstreams is called experimental by its makers, and few load it.
    case .httpd: !transport.needsHTTP2 && transport != .tlsAny
    case .haproxy, .caddy, .sluice: true
    }
  }

  /// The routes that the gateway can have.
  func spoken(_ plan: GatewayPlan) -> [LabRoute] { plan.routes.filter(reaches) }

  /// The routes that it cannot have, in whose place it says so.
  func unspoken(_ plan: GatewayPlan) -> [LabRoute] { plan.routes.filter { !reaches($0) } }

  private func reaches(_ route: LabRoute) -> Bool {
    speaks(route.transport) && (route.trust != nil || !route.transport.isTLS)
  }

  /// What a configuration answers, with 501, where the gateway cannot speak to the origin: the score knows it.
  static let unspokenText = "this gateway does not speak what the origin does"
}
