/// Why a try did not succeed. Without texts from elsewhere: a library's error may repeat the URL.
public enum DeliveryFailure: Equatable, Sendable {
  /// The receiver answered with this status.
  case status(Int)
  /// The name could not be resolved, or no address of it accepted a connection.
  case notConnected
  /// No secure connection: the certificate is not trusted or not for this name, or TLS failed.
  case tls
  /// The receiver closed the connection without a response, or answered with something that is not HTTP.
  case noResponse
  /// Nothing came within the time for one try.
  case timeout
}

extension DeliveryFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .status(let status): "it answered \(status)"
    case .notConnected: "it cannot be connected to"
    case .tls: "TLS failed; check that its certificate is trusted here and for this name"
    case .noResponse: "it closed the connection without a response"
    case .timeout: "it did not answer in time"
    }
  }
}
