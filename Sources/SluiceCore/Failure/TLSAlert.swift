/// An alert that a peer ended a TLS connection with (RFC 8446 section 6).
public struct TLSAlert: Hashable, Sendable {
  /// As on the wire, and as `alert-id` of Proxy-Status has it (RFC 9209 section 2.3.14).
  public var number: UInt8

  public init(number: UInt8) { self.number = number }

  /// The name in IANA's registry of alerts; nil for a number that it does not have.
  public var name: String? {
    switch number {
    case 0: "close_notify"
    case 10: "unexpected_message"
    case 20: "bad_record_mac"
    case 21: "decryption_failed"
    case 22: "record_overflow"
    case 30: "decompression_failure"
    case 40: "handshake_failure"
    case 41: "no_certificate"
    case 42: "bad_certificate"
    case 43: "unsupported_certificate"
    case 44: "certificate_revoked"
    case 45: "certificate_expired"
    case 46: "certificate_unknown"
    case 47: "illegal_parameter"
    case 48: "unknown_ca"
    case 49: "access_denied"
    case 50: "decode_error"
    case 51: "decrypt_error"
    case 60: "export_restriction"
    case 70: "protocol_version"
    case 71: "insufficient_security"
    case 80: "internal_error"
    case 86: "inappropriate_fallback"
    case 90: "user_canceled"
    case 100: "no_renegotiation"
    case 109: "missing_extension"
    case 110: "unsupported_extension"
    case 111: "certificate_unobtainable"
    case 112: "unrecognized_name"
    case 113: "bad_certificate_status_response"
    case 114: "bad_certificate_hash_value"
    case 115: "unknown_psk_identity"
    case 116: "certificate_required"
    case 120: "no_application_protocol"
    case 121: "ech_required"
    default: nil
    }
  }

  /// When an alert came.
  public enum Moment: Sendable, CaseIterable {
    /// In answer to our first message, before anything else was said.
    case onClientHello
    /// Later in the handshake, when the endpoint had said which certificate it has and whether it wants ours.
    case inHandshake
    /// When our side of the handshake was over: in TLS 1.3 the endpoint judges our certificate only then.
    case afterHandshake
  }

  /// What the alert says of a connection to an endpoint.
  ///
  /// An endpoint of ours verifies only one thing, our certificate: alerts about a certificate are about that one, its
  /// absence included. `handshake_failure` is what servers say when no cipher suite is left, in answer to the first
  /// message; those before TLS 1.3 say it of a missing certificate too, but later.
  public func cause(at moment: Moment) -> Cause {
    switch number {
    case 41, 42, 43, 44, 45, 46, 48, 49, 116: .tlsClientCertificateWanted
    case 70, 86: .tlsVersionMismatch
    case 71: .tlsCipherMismatch
    case 40:
      switch moment {
      case .onClientHello: .tlsCipherMismatch
      case .inHandshake: .tlsClientCertificateWanted
      case .afterHandshake: .tlsAlert
      }
    default: .tlsAlert
    }
  }
}
