/// What a header of the PROXY protocol says.
public struct ProxyHeader: Hashable, Sendable {
  /// The client that the proxy speaks for. nil: the proxy speaks for itself (LOCAL), or does not say (UNKNOWN, UNSPEC,
  /// a Unix socket), and the peer's own address stands.
  public var client: EndpointAddress?
  /// Bytes of the header; what stands behind it is the client's.
  public var length: Int

  public init(client: EndpointAddress?, length: Int) {
    self.client = client
    self.length = length
  }
}
