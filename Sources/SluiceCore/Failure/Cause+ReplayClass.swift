extension Cause {
  /// What is known of the request's fate at the upstream, and so whether it may be sent again.
  public var replayClass: ReplayClass {
    switch self {
    case .routeNotFound, .methodNotAllowed, .loopDetected, .ipProhibited, .earlyFinalResponse, .requestDeadline,
      .bodyIdleTimeout, .truncatedBody, .badChunk, .excessBody, .bodyTooLarge, .badContentCoding, .upgradeFailed,
      .unexpectedUpgrade, .upstreamStatus, .rateLimited, .clientAborted, .clientBodyTimeout, .clientMalformed,
      .requestHeadTimeout, .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid,
      .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp, .requestTlsOnPlaintextPort,
      .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong, .requestExpectationFailed,
      .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported, .proxyBug:
      .never
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .dnsNxdomain, .dnsServfail, .dnsRefused,
      .dnsNoAddress, .dnsTimeout, .connectRefused, .connectReset, .hostUnreachable, .netUnreachable, .connectTimeout,
      .unixSocketMissing, .unixSocketPermission, .backlogFull, .localPortsExhausted, .localFdsOrMemory,
      .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClosedInHandshake, .tlsCertExpired,
      .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch,
      .tlsToPlaintextPort, .tlsHandshakeTimeout, .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed,
      .admissionShed, .proxyDraining:
      .unsent
    case .tlsAlert, .tlsClientCertificateWanted, .h2GoawayUnprocessed, .h2RefusedStream: .unprocessed
    case .plaintextToTlsPort, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .writeTimeout,
      .responseHeaderTimeout, .truncatedHeaders, .notHttp, .invalidHeader, .headerSectionTooLarge, .headerTooLarge,
      .badFraming, .h2StreamReset, .h2ProtocolViolation, .h2PingTimeout:
      .possiblyProcessed
    case .staleKeepalive: .reusedUnanswered
    }
  }
}
