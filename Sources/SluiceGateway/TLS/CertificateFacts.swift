/// What is known of a certificate that a listener serves.
public struct CertificateFacts: Sendable, Hashable {
  /// The file that it was read from.
  public var file: String
  /// As text, such as `CN=example.com, O=Example`.
  public var subject: String
  public var issuer: String
  /// DNS names, in lower case.
  public var names: [String]
  /// Unix time in seconds.
  public var notBefore: Int64
  public var notAfter: Int64

  /// Days from `now` (Unix time in seconds) until it expires, rounded down; negative where it has.
  public func daysLeft(at now: Int64) -> Int64 {
    let seconds = notAfter - now
    return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }
}
