extension GatewayKind {
  /// `reverse_proxy` with its defaults and the timeouts. Caddy puts longer paths first by itself.
  static func caddy(_ plan: GatewayPlan) -> String {
    let routes = plan.routes.map { route in
      """
        reverse_proxy \(route.path) \(caddyAddress(route.endpoint)) {
          import timeouts
        }

      """
    }.joined()
    let rest =
      plan.main.map { endpoint in
        """
          reverse_proxy \(caddyAddress(endpoint)) {
            import timeouts
          }

        """
      } ?? ""
    let seconds = plan.timeoutSeconds
    return GatewayKind.caddy.preamble(plan) + """
      {
        admin off
        auto_https off
        log default {
          output discard
        }
      }
      (timeouts) {
        transport http {
          versions 1.1
          dial_timeout \(seconds)s
          response_header_timeout \(seconds)s
          read_timeout \(seconds)s
          write_timeout \(seconds)s
        }
      }
      http://:\(plan.port) {
        bind \(plan.host)
      \(routes)\(rest)}

      """
  }

  private static func caddyAddress(_ endpoint: LabEndpoint) -> String {
    switch endpoint {
    case .tcp: endpoint.authority ?? ""
    case .unix(let path): "unix/\(path)"
    }
  }
}
