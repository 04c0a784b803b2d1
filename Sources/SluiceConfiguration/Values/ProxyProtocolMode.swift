/// Who must begin a connection with a header of the PROXY protocol.
public enum ProxyProtocolMode: Sendable, Hashable {
  /// Nobody: such a header is a malformed request.
  case off
  /// Addresses of `trusted.proxies`; all others are clients themselves.
  case trusted
  /// Everybody, and only addresses of `trusted.proxies` may connect.
  case required
}
