/// What an endpoint's URL says to connect to.
public enum EndpointTarget: Sendable, Hashable {
  /// The host is an IPv4 or IPv6 address (without brackets, in its shortest form) or a lower-case name; the port is
  /// never 0.
  case tcp(host: String, port: UInt16)
  case unix(path: String)
}
