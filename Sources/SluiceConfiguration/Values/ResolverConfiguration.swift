public import SluiceCore

/// How names of endpoints are resolved.
public struct ResolverConfiguration: Sendable, Hashable {
  /// DNS servers, asked in this order. Empty: the system's.
  public var servers: [ResolverServer] = []
  /// One lookup, all servers together. Default 2 s.
  public var timeout: TimeSpan = .seconds(2)
}

/// A DNS server: an IP address, so that asking it needs no lookup itself.
public struct ResolverServer: Sendable, Hashable {
  /// IPv4, or IPv6 without brackets.
  public var address: String
  public var port: UInt16
}
