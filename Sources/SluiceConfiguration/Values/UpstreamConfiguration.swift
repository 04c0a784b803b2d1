public import SluiceCore

/// A named group of endpoints that serve the same thing.
public struct UpstreamConfiguration: Sendable, Hashable {
  /// Letters, digits, `-`, `_` and `.`; unique in the configuration.
  public var name: String
  /// At least one.
  public var endpoints: [EndpointConfiguration]
  public var balance: BalancePolicy
  public var timeouts: UpstreamTimeouts
  public var retry: RetryPolicy
  public var limits: UpstreamLimits
  /// nil: the limit on requests is the configured one.
  public var adaptive: AdaptivePolicy?
  /// The application's own log, read by the diagnosis. nil: none.
  public var log: LogSource?
  /// nil: endpoints are not checked actively.
  public var check: HealthCheckConfiguration?
  public var health = HealthPolicy()
  /// Default auto.
  public var protocolChoice = UpstreamProtocol.auto
  /// Of its `https` endpoints.
  public var tls = UpstreamTLSConfiguration()
  /// Told to endpoints at the beginning of each connection. nil: nothing is.
  public var proxyProtocol: ProxyHeaderVersion?
}
