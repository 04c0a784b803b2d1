extension Cause {
  /// Whether a further attempt may go to the endpoint that failed with this cause, where no other is left.
  public var endpointRepeat: EndpointRepeat {
    switch self {
    case .staleKeepalive, .h2GoawayUnprocessed: .atOnce
    case .connectRefused, .connectReset, .unixSocketMissing, .backlogFull, .localPortsExhausted, .localFdsOrMemory,
      .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .truncatedHeaders, .tlsClosedInHandshake,
      .h2RefusedStream:
      .afterPause
    case .routeNotFound, .methodNotAllowed, .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .loopDetected,
      .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .dnsTimeout, .hostUnreachable, .netUnreachable,
      .connectTimeout, .ipProhibited, .unixSocketPermission, .tlsHandshakeFailed, .tlsVersionMismatch,
      .tlsCipherMismatch, .tlsAlert, .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid,
      .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort,
      .plaintextToTlsPort, .tlsHandshakeTimeout, .earlyFinalResponse, .writeTimeout, .responseHeaderTimeout,
      .requestDeadline, .bodyIdleTimeout, .truncatedBody, .notHttp, .invalidHeader, .headerSectionTooLarge,
      .headerTooLarge, .badFraming, .badChunk, .excessBody, .bodyTooLarge, .badContentCoding, .upgradeFailed,
      .unexpectedUpgrade, .upstreamStatus, .h2StreamReset, .h2ProtocolViolation, .h2PingTimeout, .poolQueueFull,
      .poolQueueTimeout, .adaptiveLimitShed, .admissionShed, .rateLimited, .proxyDraining, .clientAborted,
      .clientBodyTimeout, .clientMalformed, .requestHeadTimeout, .requestLineMalformed, .requestTargetRefused,
      .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp,
      .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong,
      .requestExpectationFailed, .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported,
      .proxyBug:
      .never
    }
  }
}
