public import SluiceCore

/// One address that the gateway accepts connections on.
public struct ListenerConfiguration: Sendable, Hashable {
  public var address: ListenAddress
  public var timeouts: ListenerTimeouts
  public var limits: ListenerLimits
  /// nil: plain HTTP.
  public var tls: ListenerTLSConfiguration?
  public var proxyProtocol: ProxyProtocolMode
  /// Every request is led to https on this port. nil: requests are routed.
  public var redirectPort: UInt16?
}
