extension Cause {
  /// Whether the answer tells when to come again (RFC 9110 section 10.2.3): every 503 that we make, and 429.
  public var carriesRetryAfter: Bool {
    switch self {
    case .routeNotFound, .methodNotAllowed, .loopDetected, .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress,
      .dnsTimeout, .connectRefused, .connectReset, .hostUnreachable, .netUnreachable, .connectTimeout, .ipProhibited,
      .unixSocketMissing, .unixSocketPermission, .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch,
      .tlsClosedInHandshake, .tlsAlert, .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid,
      .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort,
      .plaintextToTlsPort, .tlsHandshakeTimeout, .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse,
      .writeFailed, .earlyFinalResponse, .writeTimeout, .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout,
      .truncatedHeaders, .truncatedBody, .notHttp, .invalidHeader, .headerSectionTooLarge, .headerTooLarge,
      .badFraming, .badChunk, .excessBody, .bodyTooLarge, .badContentCoding, .upgradeFailed, .unexpectedUpgrade,
      .upstreamStatus, .h2GoawayUnprocessed, .h2StreamReset, .h2ProtocolViolation, .h2PingTimeout, .clientAborted,
      .clientBodyTimeout, .clientMalformed, .requestHeadTimeout, .requestLineMalformed, .requestTargetRefused,
      .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp,
      .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong,
      .requestExpectationFailed, .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported,
      .proxyBug:
      false
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .backlogFull, .localPortsExhausted,
      .localFdsOrMemory, .h2RefusedStream, .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed,
      .rateLimited, .proxyDraining:
      true
    }
  }
}
