/// When a certificate ends that is served, or was shown last.
public struct CertificateReading: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    case listener(address: String, file: String)
    case endpoint(EndpointName)
  }

  public var place: Place
  public var subject: String
  /// Unix time in seconds; of an endpoint the end of the first certificate in its chain.
  public var notAfter: Int64

  public init(place: Place, subject: String, notAfter: Int64) {
    self.place = place
    self.subject = MetricsLimits.label(subject)
    self.notAfter = notAfter
  }
}
