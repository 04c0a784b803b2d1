public import SluiceCore

/// Something that a log tells beside requests, and that explains failures before or after it.
public struct LogEvent: Equatable, Sendable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The proxy leaves an endpoint out: a health check or too many failures.
    case endpointDown = "endpoint_down"
    case endpointUp = "endpoint_up"
    /// A check failed; whether the endpoint is left out is another event.
    case checkFailed = "check_failed"
    /// An upstream has no endpoint left.
    case noEndpointLeft = "no_endpoint_left"
    case retried
    case proxyStarted = "proxy_started"
    case proxyReloaded = "proxy_reloaded"
    case proxyStopping = "proxy_stopping"
    /// A process of the proxy ended although nobody asked it to.
    case proxyCrashed = "proxy_crashed"
    /// A limit of the proxy's own was reached.
    case limitReached = "limit_reached"
    /// Names, endpoints or versions changed.
    case changed
  }

  public var kind: Kind
  public var upstream: String?
  public var endpoint: String?
  /// Why, where the line says it.
  public var cause: Cause?
  /// The proxy's own words.
  public var detail: String?

  public init(
    _ kind: Kind, upstream: String? = nil, endpoint: String? = nil, cause: Cause? = nil, detail: String? = nil
  ) {
    self.kind = kind
    self.upstream = upstream
    self.endpoint = endpoint
    self.cause = cause
    self.detail = detail
  }
}
