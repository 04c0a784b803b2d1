/// Why a connection ended before it could carry a request. There is no exchange then, and no record: it is counted, and
/// told on standard error within a limit.
public enum OpeningFailure: UInt8, Sendable, CaseIterable {
  /// `listeners[].timeouts.handshake` was over.
  case timeout
  /// The client left in the middle.
  case closed
  /// The client ended the handshake with an alert.
  case alertReceived
  case versionMismatch
  case cipherMismatch
  case clientCertificateMissing
  case clientCertificateRefused
  /// What the client sent breaks the rules of TLS, or another part of the handshake failed.
  case handshakeFailed
  /// So many connections are open that not even a refusal is given.
  case connectionLimit
  /// Not in `trusted.proxies`, where only those may connect.
  case peerUntrusted
  case proxyHeaderMissing
  case proxyHeaderMalformed

  public var identifier: StaticString {
    switch self {
    case .timeout: "handshake_timeout"
    case .closed: "closed_in_handshake"
    case .alertReceived: "alert_received"
    case .versionMismatch: "version_mismatch"
    case .cipherMismatch: "cipher_mismatch"
    case .clientCertificateMissing: "client_certificate_missing"
    case .clientCertificateRefused: "client_certificate_refused"
    case .handshakeFailed: "handshake_failed"
    case .connectionLimit: "connection_limit"
    case .peerUntrusted: "peer_untrusted"
    case .proxyHeaderMissing: "proxy_header_missing"
    case .proxyHeaderMalformed: "proxy_header_malformed"
    }
  }

  /// What happened, for people.
  public var sentence: StaticString {
    switch self {
    case .timeout: "the client did not finish in time"
    case .closed: "the client closed the connection in the middle"
    case .alertReceived: "the client refused with an alert"
    case .versionMismatch: "the client speaks no version of TLS that this listener does"
    case .cipherMismatch: "the client and this listener have no cipher suite or group in common"
    case .clientCertificateMissing: "the client sent no certificate, and this listener requires one"
    case .clientCertificateRefused: "the client's certificate is not accepted"
    case .handshakeFailed: "the client's handshake is not valid"
    case .connectionLimit: "too many connections are open"
    case .peerUntrusted: "the address is not in trusted.proxies, and this listener takes connections of those only"
    case .proxyHeaderMissing: "the connection does not begin with a PROXY header"
    case .proxyHeaderMalformed: "the PROXY header is not valid"
    }
  }
}
