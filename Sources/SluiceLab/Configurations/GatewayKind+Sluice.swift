extension GatewayKind {
  /// Its defaults and the timeouts.
  static func sluice(_ plan: GatewayPlan) -> String {
    let routes = plan.routes.map { "  - { path: '\($0.path)', upstream: \($0.upstream) }\n" }.joined()
    let upstreams = plan.routes.map { route in
      "  \(route.upstream): { endpoints: ['\(sluiceAddress(route.endpoint))'], timeouts: *timeouts }\n"
    }.joined()
    let main = plan.main.map(sluiceAddress) ?? "http://127.0.0.1:\(LabPlan.standardPort)"
    let seconds = plan.timeoutSeconds
    return GatewayKind.sluice.preamble(plan) + """
      listeners:
        - address: '\(plan.listen)'
      routes:
      \(routes)  - { path: /, upstream: lab }
      upstreams:
        lab:
          endpoints: ['\(main)']
          timeouts: &timeouts { connect: \(seconds)s, responseHead: \(seconds)s, bodyIdle: \(seconds)s }
      \(upstreams)
      """
  }

  private static func sluiceAddress(_ endpoint: LabEndpoint) -> String {
    switch endpoint {
    case .tcp: "http://\(endpoint.authority ?? "")"
    case .unix(let path): "unix:\(path)"
    }
  }
}
