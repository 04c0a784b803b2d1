public import SluiceCore

/// How names of endpoints are resolved.
public struct ResolverConfiguration: Sendable, Hashable {
  /// DNS servers with their ports, asked in this order. Empty: the system's.
  public var servers: [EndpointAddress] = []
  /// One lookup, all servers together. Default 2 s.
  public var timeout: TimeSpan = .seconds(2)
}
