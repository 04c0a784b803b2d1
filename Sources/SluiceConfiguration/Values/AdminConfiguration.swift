/// Where the gateway itself is asked and told things.
public struct AdminConfiguration: Sendable, Hashable {
  /// Fewer characters of a token could be guessed.
  public static let tokenMin = 16

  /// An IPv4 or IPv6 address without brackets, or `localhost`.
  public var host: String
  /// 0 lets the system choose.
  public var port: UInt16
  /// nil: whoever reaches the address may use it.
  public var token: Secret?
  /// nil: plain HTTP.
  public var tls: ListenerTLSConfiguration?

  public init(host: String, port: UInt16, token: Secret? = nil, tls: ListenerTLSConfiguration? = nil) {
    self.host = host
    self.port = port
    self.token = token
    self.tls = tls
  }

  /// As in `127.0.0.1:9180`.
  public var address: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  /// Whether only this machine can reach it.
  public var isLoopback: Bool { Self.isLoopback(host) }

  /// Whether a host, without brackets, is a name or address of this machine alone.
  public static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    return IPText.canonicalIPv4(host) != nil && host.hasPrefix("127.")
  }
}
