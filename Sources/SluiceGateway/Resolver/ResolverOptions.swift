public import SluiceCore

/// What the resolver is told: the `resolver` part of the configuration.
public struct ResolverOptions: Hashable, Sendable {
  /// The servers to ask, in order; port 0 means 53. At most three are used. Default: empty, the system's
  /// (`/etc/resolv.conf`).
  public var servers: [EndpointAddress] = []
  /// How long one name may take in all: every server, search domain and retransmission. Default 2 s.
  public var timeout: TimeSpan = .seconds(2)
  /// Domains put behind names that have no final dot. Default: nil, the system's where the servers are the system's,
  /// else none.
  public var searchDomains: [String]?
  /// Names with at least this many dots are asked as they are first. Default: nil, the system's `ndots`, else 1.
  public var searchDotsMin: Int?
  /// The file that is asked before any server; nil for none. Default `/etc/hosts`.
  public var hostsPath: String? = "/etc/hosts"
  /// Where the system's servers and search domains stand. Default `/etc/resolv.conf`.
  public var systemPath: String = "/etc/resolv.conf"

  public init() {}
}

/// Why a resolver could not be started.
public enum ResolverError: Error, Hashable, Sendable {
  /// The transport library failed with this code of its own.
  case transport(Int32)
  /// A system call failed with this errno.
  case system(errno: Int32)
}
