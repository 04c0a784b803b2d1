extension GatewayKind {
  /// Its defaults and the timeouts.
  static func sluice(_ plan: GatewayPlan) -> String {
    let routes = GatewayKind.sluice.spoken(plan).map { "  - { path: '\($0.path)', upstream: \($0.upstream) }\n" }
      .joined()
    let unspoken = GatewayKind.sluice.unspoken(plan).map { route in
      "  - { path: '\(route.path)', respond: { status: 501, body: '\(unspokenText)' } }\n"
    }.joined()
    let upstreams = GatewayKind.sluice.spoken(plan).map { route in
      "  \(route.upstream): { \(route.sluiceUpstream), timeouts: *timeouts }\n"
    }.joined()
    let main = plan.main.map { $0.sluiceURL() } ?? "http://127.0.0.1:\(LabPlan.standardPort)"
    let seconds = plan.timeoutSeconds
    return GatewayKind.sluice.preamble(plan) + """
      listeners:
        - address: '\(plan.listen)'
      routes:
      \(routes)\(unspoken)  - { path: /, upstream: lab }
      upstreams:
        lab:
          endpoints: ['\(main)']
          timeouts: &timeouts
            { connect: \(seconds)s, tls: \(seconds)s, responseHead: \(seconds)s, bodyIdle: \(seconds)s }
      \(upstreams)
      """
  }

}

extension LabRoute {
  /// What an upstream of Sluice has to say to reach the origin: members of a YAML mapping in one line.
  public var sluiceUpstream: String {
    var members = ["endpoints: ['\(endpoint.sluiceURL(transport.scheme))']"]
    if let trust {
      var tls = "serverName: \(LabCertificates.name), trust: '\(trust.root)'"
      if transport == .tlsCertificate { tls += ", certificate: '\(trust.certificate)', key: '\(trust.key)'" }
      members.append("tls: { \(tls) }")
    }
    switch transport {
    case .http1, .tlsAny: break
    case .tlsHTTP1, .tlsCertificate: members.append("protocol: http1")
    case .http2, .tlsHTTP2: members.append("protocol: http2")
    }
    return members.joined(separator: ", ")
  }
}

extension LabEndpoint {
  fileprivate func sluiceURL(_ scheme: String = "http") -> String {
    switch self {
    case .tcp: "\(scheme)://\(authority ?? "")"
    case .unix(let path): "unix:\(path)"
    }
  }
}
