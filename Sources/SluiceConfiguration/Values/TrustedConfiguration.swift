/// Two lists of addresses, as blocks in CIDR form: who may see, and whom we believe.
public struct TrustedConfiguration: Sendable, Hashable {
  /// Clients that may see addresses and other internal detail of a failure.
  public var detail: [String] = ["127.0.0.0/8", "::1/128"]
  /// Proxies whose Forwarded, X-Forwarded-*, X-Request-Id and PROXY header are believed.
  public var proxies: [String] = []
}
