extension GatewayKind {
  /// Its defaults for reuse and retries, and one backend for each scenario, chosen by the whole path.
  static func haproxy(_ plan: GatewayPlan) -> String {
    let rules = plan.routes.map { "  use_backend \($0.upstream) if { path \($0.path) }\n" }.joined()
    let upstreams = plan.routes.map { route in
      "backend \(route.upstream)\n  server lab \(haproxyAddress(route.endpoint))\n"
    }.joined()
    let rest = plan.main.map { "backend lab\n  server lab \(haproxyAddress($0))\n" } ?? ""
    let seconds = plan.timeoutSeconds
    return GatewayKind.haproxy.preamble(plan) + """
      global
        nbthread 1
        maxconn 4096
        no strict-limits
      defaults
        mode http
        option http-keep-alive
        option forwardfor
        timeout connect \(seconds)s
        timeout server \(seconds)s
        timeout tunnel 10s
        timeout client 10s
        timeout http-request 10s
        timeout http-keep-alive 75s
      frontend main
        bind \(plan.listen)
        http-request set-header X-Forwarded-Proto http
      \(rules)\(rest.isEmpty ? "" : "  default_backend lab\n")\(upstreams)\(rest)
      """
  }

  private static func haproxyAddress(_ endpoint: LabEndpoint) -> String {
    switch endpoint {
    case .tcp: endpoint.authority ?? ""
    case .unix(let path): "unix@\(path)"
    }
  }
}
