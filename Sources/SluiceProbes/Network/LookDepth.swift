/// How closely an endpoint is looked at.
public enum LookDepth: Sendable {
  /// Name, connection, TLS and one request: what a gateway does by itself when a problem begins.
  case cheap
  /// Also the check's path, a second request on the same connection, versions of TLS, and other schemes and protocols
  /// where the configured ones fail.
  case full
}
