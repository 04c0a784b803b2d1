/// Envoy's access log format: `[%START_TIME%] "%REQ(:METHOD)% %REQ(:PATH)% %PROTOCOL%" %RESPONSE_CODE%`.
enum EnvoyFormatString {
  static func parts(_ text: String) throws(FormatStringProblem) -> [FormatStringPart] {
    var parts: [FormatStringPart] = []
    var rest = text[...]
    while rest.last == "\n" { rest = rest.dropLast() }
    if rest.hasSuffix("\\n") { rest = rest.dropLast(2) }
    while let percent = rest.firstIndex(of: "%") {
      if percent > rest.startIndex { parts.append(.literal(String(rest[..<percent]))) }
      rest = rest[percent...].dropFirst()
      if rest.first == "%" {
        parts.append(.literal("%"))
        rest = rest.dropFirst()
        continue
      }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      rest = rest[name.endIndex...]
      var argument: String?
      if rest.first == "(" {
        guard let close = rest.firstIndex(of: ")") else {
          throw FormatStringProblem(sentence: "'%\(name)(' is not closed", suggestion: nil)
        }
        argument = String(rest[rest.index(after: rest.startIndex)..<close])
        rest = rest[close...].dropFirst()
      }
      // A length, as in `%REQ(:PATH):200%`.
      guard let end = rest.firstIndex(of: "%"), !name.isEmpty else {
        throw FormatStringProblem(sentence: "'%\(name)' is not closed with another '%'", suggestion: nil)
      }
      rest = rest[end...].dropFirst()
      parts.append(part(String(name), argument))
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    return parts
  }

  private static func part(_ name: String, _ argument: String?) -> FormatStringPart {
    switch (name, argument?.lowercased()) {
    case ("START_TIME", nil): return .field(.time, .iso)
    case ("START_TIME", _): return .field(.time, .any)
    case ("REQ", let header?):
      for (end, field) in headers where header.hasSuffix(end) { return .field(field) }
      return .skipped
    case ("RESP", "x-envoy-upstream-service-time"?): return .field(.upstreamResponseTime)
    case ("RESP", "proxy-status"?): return .field(.proxyStatus)
    default: return names[name].map { .field($0) } ?? .skipped
    }
  }

  private static let headers: [(String, LogField)] = [
    (":method", .method), (":path", .path), (":authority", .host), (":scheme", .scheme),
    ("x-request-id", .requestID), ("user-agent", .userAgent), ("x-forwarded-for", .client), ("referer", .referrer),
  ]

  private static let names: [String: LogField] = [
    "PROTOCOL": .version, "RESPONSE_CODE": .status, "RESPONSE_FLAGS": .responseFlags,
    "RESPONSE_FLAGS_LONG": .responseFlags, "RESPONSE_CODE_DETAILS": .responseDetails,
    "CONNECTION_TERMINATION_DETAILS": .connectionErrorText, "UPSTREAM_TRANSPORT_FAILURE_REASON": .transportFailure,
    "BYTES_RECEIVED": .requestBytes, "BYTES_SENT": .bytes, "DURATION": .totalTime, "UPSTREAM_HOST": .endpoint,
    "UPSTREAM_REMOTE_ADDRESS": .endpoint, "UPSTREAM_CLUSTER": .upstream, "UPSTREAM_CLUSTER_RAW": .upstream,
    "DOWNSTREAM_REMOTE_ADDRESS": .reason, "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT": .reason, "ROUTE_NAME": .route,
    "UPSTREAM_REQUEST_ATTEMPT_COUNT": .retries,
  ]
}
