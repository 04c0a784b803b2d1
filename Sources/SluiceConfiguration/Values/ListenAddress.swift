/// Where a listener listens.
public enum ListenAddress: Sendable, Hashable {
  /// The host is an IPv4 or IPv6 address (without brackets, in its shortest form) or a lower-case name; port 0 lets
  /// the system choose.
  case tcp(host: String, port: UInt16)
  /// A path of at most `ConfigurationBounds.unixPathBytes` bytes.
  case unix(path: String)
}

extension ListenAddress: CustomStringConvertible {
  /// As it is written in a file: `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/sluice.sock`.
  public var description: String {
    switch self {
    case .tcp(let host, let port): "\(host.contains(":") ? "[\(host)]" : host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}
