extension GatewayKind {
  /// Connections to the lab are kept, requests are streamed, and nothing is written to disk: what the documentation of
  /// nginx recommends for a reverse proxy. One `location =` for each scenario compares whole paths.
  static func nginx(_ plan: GatewayPlan) -> String {
    let upstreams = GatewayKind.nginx.spoken(plan).map { route in
      "  upstream \(route.upstream) { server \(nginxAddress(route.endpoint)); keepalive 8; }\n"
    }.joined()
    let locations = GatewayKind.nginx.spoken(plan).map { route in
      let pass = "proxy_pass \(route.transport.scheme)://\(route.upstream);"
      return "    location = \(route.path) {\(nginxCertificate(route)) \(pass) }\n"
    }.joined()
    let unspoken = GatewayKind.nginx.unspoken(plan).map { route in
      "    location = \(route.path) { return 501 '\(unspokenText)'; }\n"
    }.joined()
    // One root for all: it is the lab's.
    let trust = plan.routes.lazy.compactMap(\.trust).first.map { trust in
      """
          proxy_ssl_verify on;
          proxy_ssl_verify_depth 3;
          proxy_ssl_trusted_certificate \(trust.root);
          proxy_ssl_server_name on;
          proxy_ssl_name \(LabCertificates.name);
          proxy_ssl_protocols TLSv1.2 TLSv1.3;

      """
    }
    let rest = plan.main.map { "    location / { proxy_pass http://\(nginxAddress($0)); }\n" } ?? ""
    let seconds = plan.timeoutSeconds
    return GatewayKind.nginx.preamble(plan) + """
      daemon off;
      worker_processes 1;
      pid nginx.pid;
      error_log \(plan.logs.map { "\($0.file("error.log")) \($0.form == .usual ? "info" : "warn")" } ?? "stderr crit");
      events { worker_connections 4096; }
      http {
        client_body_temp_path body; proxy_temp_path proxy;
        fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        \(plan.logs.map(nginxLogs) ?? "access_log off;")
        # A request for an upgrade goes on as one; any other keeps its connection to the lab.
        map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
      \(upstreams)
        server {
          listen \(plan.listen);
          client_max_body_size 0;
          proxy_http_version 1.1;
          proxy_set_header Host $host;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection $connection_upgrade;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto $scheme;
          proxy_request_buffering off;
          proxy_max_temp_file_size 0;
          proxy_connect_timeout \(seconds)s;
          proxy_send_timeout \(seconds)s;
          proxy_read_timeout \(seconds)s;
      \(trust ?? "")\(locations)\(unspoken)\(rest)  }
      }

      """
  }

  /// The format that comes with it, beside one that tells each attempt: as people write it, and as JSON.
  private static func nginxLogs(_ logs: GatewayLogs) -> String {
    let format =
      switch logs.form {
      case .usual:
        """
        '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" '
            '"$http_user_agent" rt=$request_time uct="$upstream_connect_time" uht="$upstream_header_time" '
            'urt="$upstream_response_time" ua="$upstream_addr" us="$upstream_status"'
        """
      case .detailed:
        """
        escape=json '{"time":"$time_iso8601","remote_addr":"$remote_addr","request_method":"$request_method",'
            '"request_uri":"$request_uri","status":"$status","body_bytes_sent":"$body_bytes_sent",'
            '"request_time":"$request_time","upstream_addr":"$upstream_addr","upstream_status":"$upstream_status",'
            '"upstream_connect_time":"$upstream_connect_time","upstream_header_time":"$upstream_header_time",'
            '"upstream_response_time":"$upstream_response_time","http_referrer":"$http_referer",'
            '"http_user_agent":"$http_user_agent","connection":"$connection"}'
        """
      }
    return """
      log_format attempts \(format);
        access_log \(logs.file("access.log")) attempts;
        access_log \(logs.file("combined.log")) combined;
      """
  }

  private static func nginxCertificate(_ route: LabRoute) -> String {
    guard route.transport == .tlsCertificate, let trust = route.trust else { return "" }
    return " proxy_ssl_certificate \(trust.certificate); proxy_ssl_certificate_key \(trust.key);"
  }

  private static func nginxAddress(_ endpoint: LabEndpoint) -> String {
    switch endpoint {
    case .tcp: endpoint.authority ?? ""
    case .unix(let path): "unix:\(path)"
    }
  }
}
