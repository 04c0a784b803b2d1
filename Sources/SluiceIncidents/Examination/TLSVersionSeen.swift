/// Whether an endpoint speaks one version of TLS.
public struct TLSVersionSeen: Equatable, Sendable, Codable {
  /// As in `TLS 1.3`.
  public var version: String
  public var isSpoken: Bool
  /// Why not.
  public var reason: String?

  public init(version: String, isSpoken: Bool) {
    self.version = version
    self.isSpoken = isSpoken
  }
}
