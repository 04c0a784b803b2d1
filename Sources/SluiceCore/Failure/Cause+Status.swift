extension Cause {
  /// The status that the gateway answers with (RFC 9110 section 15).
  ///
  /// 499 stands in records only, for a client that has left. Where `passesResponse` is true nothing is generated; 502
  /// is then the value for a reader that must have one.
  public var status: UInt16 {
    switch self {
    case .routeNotFound: 404
    case .methodNotAllowed: 405
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .backlogFull, .localPortsExhausted,
      .localFdsOrMemory, .h2RefusedStream, .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed,
      .proxyDraining:
      503
    case .loopDetected, .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .connectRefused, .connectReset,
      .hostUnreachable, .netUnreachable, .ipProhibited, .unixSocketMissing, .tlsHandshakeFailed, .tlsVersionMismatch,
      .tlsCipherMismatch, .tlsClosedInHandshake, .tlsAlert, .tlsClientCertificateWanted, .tlsCertExpired,
      .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch,
      .tlsToPlaintextPort, .plaintextToTlsPort, .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse,
      .writeFailed, .earlyFinalResponse, .truncatedHeaders, .truncatedBody, .notHttp, .invalidHeader,
      .headerSectionTooLarge, .headerTooLarge, .badFraming, .badChunk, .excessBody, .bodyTooLarge, .badContentCoding,
      .upgradeFailed, .unexpectedUpgrade, .upstreamStatus, .h2GoawayUnprocessed, .h2StreamReset,
      .h2ProtocolViolation:
      502
    case .dnsTimeout, .connectTimeout, .tlsHandshakeTimeout, .writeTimeout, .responseHeaderTimeout, .requestDeadline,
      .bodyIdleTimeout, .h2PingTimeout:
      504
    case .unixSocketPermission, .proxyBug: 500
    case .rateLimited: 429
    case .clientAborted: 499
    case .clientBodyTimeout, .requestHeadTimeout: 408
    case .clientMalformed, .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid,
      .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp, .requestTlsOnPlaintextPort,
      .requestPlaintextOnTlsPort:
      400
    case .requestBodyTooLarge: 413
    case .requestLineTooLong: 414
    case .requestExpectationFailed: 417
    case .requestHeadTooLarge: 431
    case .requestCodingUnsupported: 501
    case .requestVersionUnsupported: 505
    }
  }

  /// Whether the upstream's own response goes on to the client: the cause is then a note in the record.
  public var passesResponse: Bool {
    switch self {
    case .earlyFinalResponse, .excessBody, .upstreamStatus:
      true
    case .routeNotFound, .methodNotAllowed, .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .loopDetected,
      .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .dnsTimeout, .connectRefused, .connectReset,
      .hostUnreachable, .netUnreachable, .connectTimeout, .ipProhibited, .unixSocketMissing, .unixSocketPermission,
      .backlogFull, .localPortsExhausted, .localFdsOrMemory, .tlsHandshakeFailed, .tlsVersionMismatch,
      .tlsCipherMismatch, .tlsClosedInHandshake, .tlsAlert, .tlsClientCertificateWanted, .tlsCertExpired,
      .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch,
      .tlsToPlaintextPort, .plaintextToTlsPort, .tlsHandshakeTimeout, .staleKeepalive, .closedBeforeResponse,
      .resetBeforeResponse, .writeFailed, .writeTimeout, .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout,
      .truncatedHeaders, .truncatedBody, .notHttp, .invalidHeader, .headerSectionTooLarge, .headerTooLarge,
      .badFraming, .badChunk, .bodyTooLarge, .badContentCoding, .upgradeFailed, .unexpectedUpgrade,
      .h2GoawayUnprocessed, .h2RefusedStream, .h2StreamReset, .h2ProtocolViolation, .h2PingTimeout, .poolQueueFull,
      .poolQueueTimeout, .adaptiveLimitShed, .admissionShed, .rateLimited, .proxyDraining, .clientAborted,
      .clientBodyTimeout, .clientMalformed, .requestHeadTimeout, .requestLineMalformed, .requestTargetRefused,
      .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp,
      .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong,
      .requestExpectationFailed, .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported,
      .proxyBug:
      false
    }
  }
}
