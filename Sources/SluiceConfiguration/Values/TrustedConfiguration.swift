public import SluiceCore

/// Two sets of addresses: who may see, and whom we believe.
public struct TrustedConfiguration: Sendable, Hashable {
  /// Clients that may see addresses and other internal detail of a failure. Default 127.0.0.0/8 and ::1.
  public var detail: AddressSet
  /// Proxies whose Forwarded, X-Forwarded-*, X-Request-Id and PROXY header are believed. Default none.
  public var proxies: AddressSet
}
