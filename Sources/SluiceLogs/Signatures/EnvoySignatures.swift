internal import SluiceCore
internal import SluiceDiagnosis

/// What Envoy's response flags, response code details and transport failure reasons mean.
///
/// `EnvoyFields` prepares the fields: flags are the short ones whatever the build writes, and `errorText` holds the
/// details and the transport's reason in lower case with an underscore for each space, as builds differ in both.
enum EnvoySignatures {
  /// Rows that name a text stand before those that have only a flag.
  static let rows: [Signature] = connecting + handshakes + resets + limits + timeouts + clients + leftovers
  /// Health checks and outlier detection.
  static let events: [Signature] = checks
  /// The log of the process itself.
  static let process: [Signature] = lifeCycle

  private static let connecting: [Signature] = [
    Signature(
      "E29", .envoy, [.contains(.errorText, "via_upstream"), .number(.status, 500...599)],
      .failure(.upstreamStatus)),
    Signature("E04", .envoy, [.contains(.errorText, "wrong_version_number")], .failure(.tlsToPlaintextPort)),
    Signature("E01", .envoy, [.contains(.errorText, "connection_refused")], .failure(.connectRefused)),
    Signature("E01-111", .envoy, [.contains(.errorText, "connect_error:_111")], .failure(.connectRefused)),
    Signature("E32", .envoy, [.contains(.errorText, "no_route_to_host")], .failure(.hostUnreachable)),
    Signature("E32-113", .envoy, [.contains(.errorText, "connect_error:_113")], .failure(.hostUnreachable)),
    Signature("E33", .envoy, [.contains(.errorText, "network_is_unreachable")], .failure(.netUnreachable)),
    Signature("E33-101", .envoy, [.contains(.errorText, "connect_error:_101")], .failure(.netUnreachable)),
    Signature("E34", .envoy, [.contains(.errorText, "connection_timed_out")], .failure(.connectTimeout)),
    Signature("E34-110", .envoy, [.contains(.errorText, "connect_error:_110")], .failure(.connectTimeout)),
    Signature(
      "E35", .envoy, [.contains(.errorText, "cannot_assign_requested_address")],
      .failure(.localPortsExhausted)),
    Signature("E35-99", .envoy, [.contains(.errorText, "connect_error:_99")], .failure(.localPortsExhausted)),
    Signature("E36", .envoy, [.contains(.errorText, "too_many_open_files")], .failure(.localFdsOrMemory)),
    Signature("E37", .envoy, [.contains(.errorText, "no_such_file_or_directory")], .failure(.unixSocketMissing)),
    Signature(
      "E38", .envoy,
      [.contains(.errorText, "connect_error:_104"), .containsNone(.errorText, ["tls_error"])],
      .failure(.connectReset)),
    Signature(
      "E38-text", .envoy,
      [.contains(.errorText, "connect_error:_connection_reset"), .containsNone(.errorText, ["tls_error"])],
      .failure(.connectReset)),
  ]

  private static let handshakes: [Signature] = [
    Signature("E39", .envoy, [.contains(.errorText, "san_matcher")], .failure(.tlsNameMismatch)),
    Signature("E39-name", .envoy, [.contains(.errorText, "hostname_mismatch")], .failure(.tlsNameMismatch)),
    Signature("E40", .envoy, [.contains(.errorText, "certificate_has_expired")], .failure(.tlsCertExpired)),
    Signature(
      "E41", .envoy, [.contains(.errorText, "certificate_is_not_yet_valid")],
      .failure(.tlsCertNotYetValid)),
    Signature(
      "E42", .envoy, [.contains(.errorText, "self_signed_certificate")],
      .failure(.tlsCertSelfSigned, or: [.tlsCertUntrusted], .likely)),
    Signature(
      "E42-self", .envoy, [.contains(.errorText, "self-signed_certificate")],
      .failure(.tlsCertSelfSigned, or: [.tlsCertUntrusted], .likely)),
    Signature(
      "E43", .envoy, [.contains(.errorText, "unable_to_get")],
      .failure(.tlsCertUntrusted, or: [.tlsCertIncompleteChain], .likely)),
    Signature(
      "E05", .envoy, [.contains(.errorText, "certificate_verify_failed")],
      .failure(
        .tlsCertUntrusted, or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertSelfSigned, .tlsCertIncompleteChain],
        .possible),
      note: "This build of Envoy does not write which check of the certificate failed."),
    Signature(
      "E44", .envoy, [.contains(.errorText, "alert_certificate_required")],
      .failure(.tlsClientCertificateWanted)),
    Signature(
      "E44-bad", .envoy, [.contains(.errorText, "alert_bad_certificate")],
      .failure(.tlsClientCertificateWanted, or: [.tlsAlert], .likely)),
    Signature(
      "E44-ca", .envoy, [.contains(.errorText, "alert_unknown_ca")],
      .failure(.tlsClientCertificateWanted, or: [.tlsAlert], .likely)),
    Signature("E45", .envoy, [.contains(.errorText, "alert_protocol_version")], .failure(.tlsVersionMismatch)),
    Signature("E45-own", .envoy, [.contains(.errorText, "unsupported_protocol")], .failure(.tlsVersionMismatch)),
    Signature(
      "E46", .envoy, [.contains(.errorText, "alert_handshake_failure")],
      .failure(.tlsCipherMismatch, or: [.tlsClientCertificateWanted, .tlsNameMismatch], .likely)),
    Signature(
      "E47", .envoy, [.contains(.errorText, "alert_unrecognized_name")],
      .failure(.tlsNameMismatch, or: [.tlsAlert], .likely)),
    Signature(
      "E48", .envoy, [.contains(.errorText, "tls_error"), .contains(.errorText, "_alert_")],
      .failure(.tlsAlert)),
    Signature(
      "E06", .envoy, [.contains(.errorText, "tls_error"), .contains(.errorText, "connection_reset_by_peer")],
      .failure(.tlsClosedInHandshake, or: [.tlsHandshakeFailed], .likely)),
    Signature(
      "E49", .envoy, [.contains(.errorText, "tls_error"), .flag(.responseFlags, "UF")],
      .failure(.tlsHandshakeFailed)),
  ]

  private static let resets: [Signature] = [
    Signature(
      "E02", .envoy, [.contains(.errorText, "connection_timeout")],
      .failure(.connectTimeout, or: [.tlsHandshakeTimeout], .likely),
      note: "Envoy's connect timeout covers the TLS handshake, too."),
    Signature(
      "E03", .envoy, [.contains(.errorText, "local_connection_failure")],
      .failure(.localPortsExhausted, or: [.localFdsOrMemory, .connectTimeout], .likely),
      note: "Envoy itself gave the connection up: an address it could not bind, or nothing left to open it with."),
    Signature(
      "E50", .envoy, [.contains(.errorText, "after_response_started{connection_termination")],
      .failure(.truncatedBody)),
    Signature(
      "E50-reset", .envoy, [.contains(.errorText, "after_response_started{remote_reset")],
      .failure(.h2StreamReset)),
    Signature(
      "E50-protocol", .envoy, [.contains(.errorText, "after_response_started{protocol_error")],
      .failure(.badChunk, or: [.h2ProtocolViolation, .excessBody], .likely)),
    Signature(
      "E07", .envoy, [.contains(.errorText, "connection_termination")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive, .resetBeforeResponse], .likely),
      note: "Envoy does not write whether the connection had been used before."),
    Signature(
      "E07-flag", .envoy, [.flag(.responseFlags, "UC")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive, .resetBeforeResponse], .likely),
      note: "Envoy does not write whether the connection had been used before."),
    Signature(
      "E08-refused", .envoy, [.contains(.errorText, "remote_refused_stream_reset")],
      .failure(.h2RefusedStream)),
    Signature("E08", .envoy, [.contains(.errorText, "{remote_reset")], .failure(.h2StreamReset)),
    Signature(
      "E08-flag", .envoy, [.flag(.responseFlags, "UR")],
      .failure(.h2StreamReset, or: [.h2RefusedStream], .likely)),
    Signature(
      "E09", .envoy, [.contains(.errorText, "{local_reset")],
      .failure(.h2StreamReset, or: [.requestDeadline, .badFraming], .possible), who: .gateway,
      note: "Envoy reset the stream itself: a filter, flow control or its codec."),
    Signature(
      "E09-flag", .envoy, [.flag(.responseFlags, "LR")],
      .failure(.h2StreamReset, or: [.requestDeadline, .badFraming], .possible), who: .gateway,
      note: "Envoy reset the stream itself: a filter, flow control or its codec."),
    Signature(
      "E10-size", .envoy, [.flag(.responseFlags, "UPE"), .contains(.errorText, "headers_too_large")],
      .failure(.headerSectionTooLarge)),
    Signature(
      "E10-count", .envoy, [.flag(.responseFlags, "UPE"), .contains(.errorText, "too_many_headers")],
      .failure(.headerSectionTooLarge)),
    Signature(
      "E10-characters", .envoy,
      [.flag(.responseFlags, "UPE"), .contains(.errorText, "invalid_characters")], .failure(.invalidHeader)),
    Signature(
      "E10-field", .envoy,
      [.flag(.responseFlags, "UPE"), .contains(.errorText, "http2.invalid.header.field")],
      .failure(.invalidHeader)),
    Signature(
      "E10-length", .envoy, [.flag(.responseFlags, "UPE"), .contains(.errorText, "content_length")],
      .failure(.badFraming)),
    Signature(
      "E10-coding", .envoy, [.flag(.responseFlags, "UPE"), .contains(.errorText, "transfer_encoding")],
      .failure(.badFraming)),
    Signature(
      "E10-h2", .envoy, [.flag(.responseFlags, "UPE"), .contains(.errorText, "http2.")],
      .failure(.h2ProtocolViolation)),
    Signature(
      "E10", .envoy, [.contains(.errorText, "{protocol_error")],
      .failure(.notHttp, or: [.invalidHeader, .badFraming, .headerSectionTooLarge, .h2ProtocolViolation], .likely)),
    Signature(
      "E10-flag", .envoy, [.flag(.responseFlags, "UPE")],
      .failure(.notHttp, or: [.invalidHeader, .badFraming, .headerSectionTooLarge, .h2ProtocolViolation], .likely)),
  ]
}
