/// The form of the request target (RFC 9112 3.2).
public enum TargetForm: UInt8, Sendable, CaseIterable {
  /// `/path?query`
  case origin
  /// `http://host/path?query`
  case absolute
  /// `host:port`, CONNECT only
  case authority
  /// `*`, OPTIONS only
  case asterisk
}
