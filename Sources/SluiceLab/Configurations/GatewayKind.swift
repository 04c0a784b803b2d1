/// The gateways for which the lab can write a configuration.
public enum GatewayKind: String, Sendable, CaseIterable {
  case nginx
  case haproxy
  /// Apache httpd.
  case httpd
  case caddy
  case sluice

  /// The whole configuration as text, ready to be written to a file.
  public func configuration(_ plan: GatewayPlan) -> String {
    switch self {
    case .nginx: Self.nginx(plan)
    case .haproxy: Self.haproxy(plan)
    case .httpd: Self.httpd(plan)
    case .caddy: Self.caddy(plan)
    case .sluice: Self.sluice(plan)
    }
  }

  /// The name of the file, as the examples use it.
  public var fileName: String {
    switch self {
    case .nginx: "nginx.conf"
    case .haproxy: "haproxy.cfg"
    case .httpd: "httpd.conf"
    case .caddy: "Caddyfile"
    case .sluice: "sluice.yaml"
    }
  }

  /// The command that checks the file in the current folder.
  public var checkCommand: String {
    switch self {
    case .nginx: "nginx -t -p \"$PWD\" -c \"$PWD/nginx.conf\""
    case .haproxy: "haproxy -c -f haproxy.cfg"
    case .httpd: "apache2 -t -d \"$PWD\" -f httpd.conf"
    case .caddy: "caddy validate --config Caddyfile --adapter caddyfile"
    case .sluice: "sluice check --config sluice.yaml"
    }
  }

  /// The command that runs the gateway in the foreground with the file in the current folder.
  public var runCommand: String {
    switch self {
    case .nginx: "nginx -p \"$PWD\" -c \"$PWD/nginx.conf\""
    case .haproxy: "haproxy -db -f haproxy.cfg"
    case .httpd: "apache2 -DFOREGROUND -d \"$PWD\" -f httpd.conf"
    case .caddy: "caddy run --config Caddyfile --adapter caddyfile"
    case .sluice: "sluice run --config sluice.yaml"
    }
  }

  /// What every file begins with.
  func preamble(_ plan: GatewayPlan) -> String {
    """
    # In front of the lab that `sluice lab` runs. Written by `sluice lab config \(rawValue)`.
    # Check: \(checkCommand)
    # Run:   \(runCommand)
    # All timeouts towards the lab are \(plan.timeoutSeconds) s, so that a run over all scenarios is short.

    """
  }
}
