/// Where a gateway has to connect to for a scenario.
public enum LabEndpoint: Sendable, Equatable {
  case tcp(host: String, port: Int)
  case unix(path: String)

  /// `host:port` with an IPv6 address in brackets; nil for a Unix socket.
  var authority: String? {
    guard case .tcp(let host, let port) = self else { return nil }
    return "\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
