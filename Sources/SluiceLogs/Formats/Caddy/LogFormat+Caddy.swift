extension LogFormat {
  /// Caddy.
  static let caddy: [LogFormat] = [caddyJSON, caddyConsole]

  private static let caddyJSON = LogFormat(
    id: "caddy-json", product: .caddy, shape: .json(caddyKeys), time: .any, accepts: isCaddy,
    isOrdinary: isCaddyOrdinary, entry: CaddyFields.entry)

  private static let caddyConsole: LogFormat = {
    let keys = JSONKeys(caddyKeys)
    return LogFormat(
      id: "caddy-console", product: .caddy,
      shape: .reader { line, fields in CaddyConsoleLine.read(line, keys, &fields) }, time: .slashes,
      accepts: isCaddy, isOrdinary: isCaddyOrdinary, entry: CaddyFields.entry)
  }()

  /// An answer that came from an endpoint carries its Date and what tells its body; Caddy's own errors have none of
  /// them when they are logged.
  private static let caddyKeys: [String: LogField] = [
    "level": .level, "ts": .time, "logger": .logger, "msg": .message, "error": .errorText,
    "request.remote_ip": .client, "request.client_ip": .client, "request.remote_addr": .client,
    "request.method": .method, "request.host": .host, "request.uri": .path, "request.proto": .version,
    "request.headers.X-Request-Id": .requestID, "duration": .totalTime, "size": .bytes, "bytes_read": .requestBytes,
    "status": .status, "upstream": .endpoint, "host": .endpoint, "err_trace": .action, "resp_headers.Date": .extra,
    "resp_headers.Content-Length": .extra, "resp_headers.Content-Type": .extra, "resp_headers.Via": .extra,
    "resp_headers.Transfer-Encoding": .extra,
    "resp_headers.Proxy-Status": .proxyStatus,
    // An answer with Upgrade ended in a tunnel, which has no status either.
    "resp_headers.Upgrade": .reason, "request.tls.proto": .tlsVersion,
  ]

  /// Many programs in Go log with the same library: what tells them apart are the loggers' names.
  private static func isCaddy(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.has(.message), fields.has(.time) else { return false }
    if fields.has(.logger) {
      if fields.starts(.logger, "http.", line) { return true }
      for name: StaticString in [
        "http", "tls", "admin", "pki", "events", "dynamic_dns", "docker-proxy", "layer4", "caddy",
      ]
      where fields.starts(.logger, name, line) {
        return true
      }
      return false
    }
    if fields.isText(.message, "handled request", line) { return true }
    for text: StaticString in [
      "serving initial configuration", "using provided configuration", "using adjacent Caddyfile", "autosaved config",
      "shutting down apps", "shutdown complete", "exiting; byeee", "redirected default logger", "maxprocs",
      "GOMEMLIMIT", "using config from file", "adapted config to JSON", "Caddyfile input is not formatted",
      "no autosave file exists",
    ] where fields.starts(.message, text, line) {
      return true
    }
    return false
  }

  private static func isCaddyOrdinary(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.isText(.message, "handled request", line) else { return false }
    return fields.isStatusBelow500(line) ? !fields.isText(.status, "499", line) : false
  }
}
