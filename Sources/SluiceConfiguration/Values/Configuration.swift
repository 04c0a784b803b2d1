public import SluiceCore

/// Everything a configuration says, valid by construction: each reference is resolved, each number lies within its
/// bounds. It holds no live state; a reload replaces it whole.
public struct Configuration: Sendable, Hashable {
  /// The installation's name: the `Via` pseudonym and our member of `Proxy-Status`, an RFC 9110 token.
  /// nil: the gateway makes one and keeps it.
  public var name: String?
  public var listeners: [ListenerConfiguration]
  /// In the order of the file.
  public var routes: [Route]
  /// In the order of the file; `RouteAction.upstream` is an index into it.
  public var upstreams: [UpstreamConfiguration]
  public var trusted: TrustedConfiguration
  public var resolver: ResolverConfiguration
  public var drain: DrainConfiguration
  /// nil: no access log.
  public var accessLog: AccessLogConfiguration?
  public var incidents: IncidentsConfiguration
  /// Webhooks that are told of problems, in the order of the file.
  public var alerts: [AlertConfiguration]
  public var errorPages: ErrorPagesConfiguration
  /// Event loops. nil: one for each core.
  public var workers: Int?
  /// Bytes of the kernel's receive buffer on each socket, both sides.
  public var receiveBuffer: Int
  /// Lower-case names of the fields whose values are never stored or logged; the four that are always secret included.
  public var secretFields: [String]
  /// nil: there is no admin address.
  public var admin: AdminConfiguration?
  /// nil: trace context passes as it came, and no span is made.
  public var tracing: TracingConfiguration?
}
