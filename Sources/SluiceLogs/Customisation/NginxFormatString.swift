/// nginx' `log_format`: `$remote_addr - $remote_user [$time_local] "$request" $status`.
enum NginxFormatString {
  static func parts(_ text: String) throws(FormatStringProblem) -> [FormatStringPart] {
    var parts: [FormatStringPart] = []
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      if dollar > rest.startIndex { parts.append(.literal(String(rest[..<dollar]))) }
      rest = rest[dollar...].dropFirst()
      let isBraced = rest.first == "{"
      if isBraced { rest = rest.dropFirst() }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      rest = rest[name.endIndex...]
      if isBraced {
        guard rest.first == "}" else {
          throw FormatStringProblem(sentence: "'${\(name)' is not closed", suggestion: nil)
        }
        rest = rest.dropFirst()
      }
      guard !name.isEmpty else { throw FormatStringProblem(sentence: "a '$' has no name behind it", suggestion: nil) }
      parts.append(part(String(name)))
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    return parts
  }

  private static func part(_ name: String) -> FormatStringPart {
    switch name {
    case "time_local": .field(.time, .commonLog)
    case "time_iso8601": .field(.time, .iso)
    case "msec": .field(.time, .epochSeconds)
    case "ssl_protocol": .field(.tlsVersion)
    case "upstream_bytes_received": .list(.upstreamBytes)
    case "proxy_host": .field(.upstream)
    default:
      lists.contains(name) ? .list(NginxNames.json[name]) : NginxNames.json[name].map { .field($0) } ?? .skipped
    }
  }

  /// Variables that have a value for each attempt.
  private static let lists: Set<String> = [
    "upstream_addr", "upstream_status", "upstream_connect_time", "upstream_header_time", "upstream_response_time",
    "upstream_response_length", "upstream_bytes_sent", "upstream_first_byte_time", "upstream_session_time",
  ]
}
