/// A version of TLS that is spoken. Older ones are not (RFC 8996).
public enum TLSRelease: UInt8, Sendable, Hashable, Comparable, CaseIterable {
  case tls12, tls13

  /// As OpenSSL and nginx write it.
  public var name: StaticString {
    switch self {
    case .tls12: "TLSv1.2"
    case .tls13: "TLSv1.3"
    }
  }

  public static func < (left: TLSRelease, right: TLSRelease) -> Bool { left.rawValue < right.rawValue }
}
