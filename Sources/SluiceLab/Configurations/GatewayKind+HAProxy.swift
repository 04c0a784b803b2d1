extension GatewayKind {
  /// Its defaults for reuse and retries, and one backend for each scenario, chosen by the whole path.
  static func haproxy(_ plan: GatewayPlan) -> String {
    let rules = plan.routes.map { "  use_backend \($0.upstream) if { path \($0.path) }\n" }.joined()
    let upstreams = plan.routes.map { route in
      "backend \(route.upstream)\n  server lab \(haproxyAddress(route.endpoint))\(haproxyWords(route))\n"
    }.joined()
    let rest = plan.main.map { "backend lab\n  server lab \(haproxyAddress($0))\n" } ?? ""
    let seconds = plan.timeoutSeconds
    return GatewayKind.haproxy.preamble(plan) + """
      global
        nbthread 1
        maxconn 4096
        no strict-limits
      \(plan.logs.map { "  log \($0.socket) len 65535 local0\n" } ?? "")defaults
        mode http
      \(plan.logs.map(haproxyLogs) ?? "")  option http-keep-alive
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

  /// The format that comes with it, or the same with what became of the connection to the endpoint.
  private static func haproxyLogs(_ logs: GatewayLogs) -> String {
    switch logs.form {
    case .usual: return "  log global\n  option httplog\n"
    case .detailed:
      let usual =
        "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r"
      return "  log global\n  log-format \"\(usual) bc_err=%[bc_err] bc_err_str=%{+Q}[bc_err_str]\"\n"
    }
  }

  private static func haproxyWords(_ route: LabRoute) -> String {
    guard let trust = route.trust else { return route.transport == .http2 ? " proto h2" : "" }
    let name = LabCertificates.name
    let words = " ssl verify required ca-file \(trust.root) sni str(\(name)) verifyhost \(name)"
    switch route.transport {
    case .http1, .http2, .tlsHTTP1: return words
    case .tlsHTTP2: return words + " alpn h2"
    case .tlsAny: return words + " alpn h2,http/1.1"
    case .tlsCertificate: return words + " crt \(trust.certificateAndKey)"
    }
  }

  private static func haproxyAddress(_ endpoint: LabEndpoint) -> String {
    switch endpoint {
    case .tcp: endpoint.authority ?? ""
    case .unix(let path): "unix@\(path)"
    }
  }
}
