/// Where a listening socket is bound, as the kernel tells it.
public enum BoundAddress: Hashable, Sendable {
  case tcp(EndpointAddress)
  case unix(path: String)
}

extension BoundAddress: CustomStringConvertible {
  /// As a configuration writes it: `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/sluice.sock`.
  public var description: String {
    switch self {
    case .tcp(let address): address.description
    case .unix(let path): "unix:\(path)"
    }
  }
}
