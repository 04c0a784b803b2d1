/// A certificate of a listener, or one that an endpoint showed.
public struct CertificateDocument: Codable, Equatable, Sendable {
  public static let day: Int64 = 86_400_000

  /// As in `CN=example.com,O=Example`.
  public var subject: String
  /// DNS names; nil: they were not kept.
  public var names: [String]?
  /// The file that it was read from; nil: an endpoint showed it.
  public var file: String?
  /// When it ends, or the first of the chain that an endpoint showed: Unix time in milliseconds.
  public var notAfter: Int64
  /// Until then, rounded down; less than 0 where it has ended.
  public var daysLeft: Int64

  /// - Parameter now: Unix time in milliseconds.
  public init(subject: String, names: [String]? = nil, file: String? = nil, notAfter: Int64, at now: Int64) {
    self.subject = subject
    self.names = names
    self.file = file
    self.notAfter = notAfter
    let left = notAfter - now
    daysLeft = left >= 0 ? left / Self.day : (left - Self.day + 1) / Self.day
  }
}
