extension GatewayKind {
  /// mod_proxy with its defaults and the timeouts, and one worker for each scenario: workers are told apart by their
  /// URL with its path.
  static func httpd(_ plan: GatewayPlan) -> String {
    // The first of them that is a prefix of the path by whole segments wins, so longer ones stand first.
    let routes = plan.routes.sorted { ($0.path.utf8.count, $0.path) > ($1.path.utf8.count, $1.path) }
    let spoken = Set(GatewayKind.httpd.spoken(plan).map(\.path))
    let passes = routes.map { route in
      guard spoken.contains(route.path) else { return "  ProxyPass \(route.path) !\n" }
      return "  ProxyPass \(route.path) \(httpdURL(route)) \(httpdTimes(plan))\n"
    }.joined()
    let refusals = routes.filter { !spoken.contains($0.path) }.map { route in
      "  RedirectMatch 501 \"^\(route.path.split(separator: ".").joined(separator: "[.]"))$\"\n"
    }.joined()
    let rest =
      plan.main.map { endpoint in
        "  ProxyPass / http://\(endpoint.authority ?? "")/ \(httpdTimes(plan))\n"
      } ?? ""
    return GatewayKind.httpd.preamble(plan) + httpdModules + """
      ServerName localhost
      Listen \(plan.listen)
      PidFile httpd.pid
      DefaultRuntimeDir .
      Mutex file:. default
      KeepAliveTimeout 75
      LimitRequestBody 0
      \(plan.logs.map(httpdLogs) ?? "ErrorLog \"|/bin/cat >/dev/null\"\nLogLevel crit\n")\
      <VirtualHost \(plan.listen)>
        ProxyPreserveHost On
        ProxyTimeout \(plan.timeoutSeconds)
        RequestHeader set X-Forwarded-Proto http
        ErrorDocument 501 "\(unspokenText)"
      \(httpdTrust(plan))\(refusals)\(passes)\(rest)</VirtualHost>

      """
  }

  /// Where the distributions lay the modules; those that a build has within itself are not loaded.
  private static let httpdModules: String = {
    let folders = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/lib/httpd/modules"]
    let places = folders.map { "<IfFile \($0)/mod_proxy.so>\n  Define modules \($0)\n</IfFile>\n" }.joined()
    let loads = [
      ("mpm_event", "mpm_event_module"), ("authz_core", "authz_core_module"), ("alias", "alias_module"),
      ("headers", "headers_module"), ("log_config", "log_config_module"), ("unixd", "unixd_module"),
      ("proxy", "proxy_module"), ("proxy_http", "proxy_http_module"), ("socache_shmcb", "socache_shmcb_module"),
      ("ssl", "ssl_module"),
    ].map { name, module in
      "<IfModule !\(module)>\n  LoadModule \(module) ${modules}/mod_\(name).so\n</IfModule>\n"
    }.joined()
    return places + loads
  }()

  /// The error log as it comes, and the access log that nearly everybody has.
  private static func httpdLogs(_ logs: GatewayLogs) -> String {
    """
    ErrorLog \(logs.file("error.log"))
    LogLevel \(logs.form == .usual ? "warn" : "info")
    LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
    CustomLog \(logs.file("access.log")) combined

    """
  }

  /// One root for all: it is the lab's.
  private static func httpdTrust(_ plan: GatewayPlan) -> String {
    guard let trust = plan.routes.lazy.compactMap(\.trust).first else { return "" }
    let lines = [
      "SSLProxyEngine On", "SSLProxyVerify require", "SSLProxyVerifyDepth 3",
      "SSLProxyCACertificateFile \(trust.root)", "SSLProxyCheckPeerName On", "SSLProxyProtocol -all +TLSv1.2 +TLSv1.3",
    ]
    let certificates = plan.routes.filter { $0.transport == .tlsCertificate }.map { route in
      "  <Proxy \(httpdURL(route))>\n    SSLProxyMachineCertificateFile \(trust.certificateAloneAndKey)\n"
        + "    SSLProxyMachineCertificateChainFile \(trust.certificate)\n  </Proxy>\n"
    }.joined()
    return lines.map { "  \($0)\n" }.joined() + certificates
  }

  private static func httpdTimes(_ plan: GatewayPlan) -> String {
    "upgrade=ANY connectiontimeout=\(plan.timeoutSeconds) timeout=\(plan.timeoutSeconds)"
  }

  private static func httpdURL(_ route: LabRoute) -> String {
    switch route.endpoint {
    case .tcp: "\(route.transport.scheme)://\(route.endpoint.authority ?? "")\(route.path)"
    case .unix(let path): "unix:\(path)|http://\(route.name)\(route.path)"
    }
  }
}
