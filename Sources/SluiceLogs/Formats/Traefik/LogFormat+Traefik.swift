extension LogFormat {
  /// Traefik.
  static let traefik: [LogFormat] = [
    traefikCommon, traefikJSON,
    LogFormat(
      id: "traefik-log-json", product: .traefik, shape: .json(TraefikLine.fields), time: .iso, accepts: isTraefik,
      isOrdinary: { _, _ in false }, entry: TraefikFields.log),
    LogFormat(
      id: "traefik-log", product: .traefik, shape: .reader(TraefikLine.readPairs), time: .iso, accepts: isTraefik,
      isOrdinary: { _, _ in false }, entry: TraefikFields.log),
    LogFormat(
      id: "traefik-log-console", product: .traefik, shape: .reader(TraefikLine.readConsole), time: .iso,
      accepts: isTraefik, isOrdinary: { _, _ in false }, entry: TraefikFields.log),
  ]

  /// The Common Log Format with the number of requests, the router, the endpoint and the duration behind it.
  private static let traefikCommon = LogFormat(
    id: "traefik-common", product: .traefik,
    shape: .template(
      """
      {client} - {_?} [{time}] "{request?}" {status} {bytes} "{referrer?}" "{userAgent?}" {_} "{route?}" \
      "{endpoint?}" {totalTime}ms
      """), time: .commonLog, isTimeOfStart: true,
    accepts: { line, fields in
      guard let duration = fields.range(.totalTime), !duration.isEmpty, duration.count < 20 else { return false }
      for index in duration where line.byte(at: index) < 0x30 || line.byte(at: index) > 0x39 { return false }
      return true
    }, isOrdinary: isTraefikOrdinary, entry: TraefikFields.common)

  private static let traefikJSON = LogFormat(
    id: "traefik-json", product: .traefik,
    shape: .json([
      "time": .time, "DownstreamStatus": .status, "OriginStatus": .upstreamStatus, "Duration": .totalTime,
      "OriginDuration": .upstreamResponseTime, "RetryAttempts": .retries, "RouterName": .route,
      "ServiceName": .upstream, "ServiceAddr": .endpoint, "ServiceURL": .endpoint, "RequestHost": .host,
      "RequestMethod": .method, "RequestPath": .path, "RequestProtocol": .version, "RequestScheme": .scheme,
      "ClientHost": .client, "DownstreamContentSize": .bytes, "RequestContentSize": .requestBytes,
      "TLSVersion": .tlsVersion, "request_X-Request-Id": .requestID, "downstream_Proxy-Status": .proxyStatus,
      "origin_Proxy-Status": .proxyStatus,
    ]), time: .iso,
    accepts: { _, fields in fields.has(.status) },
    isOrdinary: isTraefikOrdinary, entry: TraefikFields.json)

  /// Answered with 1xx to 4xx at the first attempt.
  private static func isTraefikOrdinary(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    if fields.hasValue(.retries, line), !fields.isText(.retries, "0", line) { return false }
    return fields.isStatusBelow500(line) ? !fields.isText(.status, "499", line) : false
  }

  /// Many programs in Go log with the same libraries.
  private static func isTraefik(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.has(.message), fields.has(.level), fields.has(.time) else { return false }
    if let caller = fields.range(.logger) {
      return fields.starts(.logger, "github.com/traefik/", line) ? true : line.text(caller).holds("/traefik/")
    }
    for field in [LogField.listener, .route, .action] where fields.has(field) { return true }
    if fields.starts(.message, "'", line) { return hasCause(line, fields) }
    for text: StaticString in [
      "502 Bad Gateway", "504 Gateway Timeout", "500 Internal Server Error", "499 Client Closed Request",
      "Health check ", "New attempt ", "Error calling ", "Traefik version ", "Configuration received",
      "I have to go", "Shutting down", "Stopping server", "Server stopped", "Starting provider", "Starting TCP",
      "Configuration loaded", "Service selected by WRR", "Creating middleware", "Creating load-balancer",
      "Creating server", "Added outgoing tracing", "Circuit breaker tripped", "Stats collection",
    ] where fields.starts(.message, text, line) {
      return true
    }
    return false
  }

  private static func hasCause(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    fields.range(.message).map { line.text($0).holds("' caused by: ") } ?? false
  }
}
