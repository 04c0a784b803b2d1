extension GatewayKind {
  /// `reverse_proxy` with its defaults and the timeouts. Caddy puts longer paths first by itself.
  static func caddy(_ plan: GatewayPlan) -> String {
    let routes = plan.routes.map { route in
      """
        reverse_proxy \(route.path) \(caddyAddress(route.endpoint, route.transport)) {
          import \(caddySnippet(route.transport))
        }

      """
    }.joined()
    let rest =
      plan.main.map { endpoint in
        """
          reverse_proxy \(caddyAddress(endpoint, .http1)) {
            import \(caddySnippet(.http1))
          }

        """
      } ?? ""
    let trust = plan.routes.lazy.compactMap(\.trust).first
    let snippets = LabTransport.allCases.map { transport in
      transport.isTLS && trust == nil ? "" : caddySnippet(transport, plan.timeoutSeconds, trust)
    }.joined()
    return GatewayKind.caddy.preamble(plan) + """
      {
        admin off
        auto_https off
        log default {
          output \(plan.logs.map(caddyOutput) ?? "discard")
        }
      }
      \(snippets)http://:\(plan.port) {
        bind \(plan.host)
      \(plan.logs.map { "  log {\n    output file \($0.file("access.log"))\n  }\n" } ?? "")\(routes)\(rest)}

      """
  }

  private static func caddyOutput(_ logs: GatewayLogs) -> String {
    let level = logs.form == .detailed ? "\n    level DEBUG" : ""
    return "file \(logs.file("caddy.log"))\(level)"
  }

  private static func caddySnippet(_ transport: LabTransport) -> String { "to-\(transport.rawValue)" }

  private static func caddySnippet(_ transport: LabTransport, _ seconds: Int, _ trust: LabTrust?) -> String {
    let versions =
      switch transport {
      case .http1, .tlsHTTP1, .tlsCertificate: "1.1"
      case .http2: "h2c 2"
      case .tlsHTTP2: "2"
      case .tlsAny: "1.1 2"
      }
    var lines = ["versions \(versions)", "dial_timeout \(seconds)s", "response_header_timeout \(seconds)s"]
    lines += ["read_timeout \(seconds)s", "write_timeout \(seconds)s"]
    if transport.isTLS, let trust {
      lines += ["tls", "tls_server_name \(LabCertificates.name)", "tls_trusted_ca_certs \(trust.root)"]
      lines += ["tls_timeout \(seconds)s"]
      if transport == .tlsCertificate { lines.append("tls_client_auth \(trust.certificate) \(trust.key)") }
    }
    let body = lines.map { "    \($0)\n" }.joined()
    return "(\(caddySnippet(transport))) {\n  transport http {\n\(body)  }\n}\n"
  }

  private static func caddyAddress(_ endpoint: LabEndpoint, _ transport: LabTransport) -> String {
    switch endpoint {
    case .tcp: "\(transport.scheme)://\(endpoint.authority ?? "")"
    case .unix(let path): "unix/\(path)"
    }
  }
}
