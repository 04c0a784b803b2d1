extension Cause {
  /// How the cause counts against the endpoint that it was seen at.
  public var ejectionWeight: EjectionWeight {
    switch self {
    case .routeNotFound, .methodNotAllowed, .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .loopDetected,
      .ipProhibited, .localPortsExhausted, .localFdsOrMemory, .staleKeepalive, .earlyFinalResponse, .excessBody,
      .bodyTooLarge, .h2GoawayUnprocessed, .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed,
      .rateLimited, .proxyDraining, .clientAborted, .clientBodyTimeout, .clientMalformed, .requestHeadTimeout,
      .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid,
      .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp, .requestTlsOnPlaintextPort,
      .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong, .requestExpectationFailed,
      .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported, .proxyBug:
      .never
    case .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .dnsTimeout, .connectRefused, .connectReset,
      .hostUnreachable, .netUnreachable, .connectTimeout, .unixSocketMissing, .unixSocketPermission, .backlogFull,
      .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClosedInHandshake, .tlsAlert,
      .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned,
      .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort, .tlsHandshakeTimeout:
      .connect
    case .plaintextToTlsPort, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .truncatedHeaders, .notHttp,
      .invalidHeader, .headerSectionTooLarge, .headerTooLarge, .badFraming, .h2ProtocolViolation, .h2PingTimeout:
      .connection
    case .writeTimeout, .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .truncatedBody, .badChunk,
      .badContentCoding, .upgradeFailed, .unexpectedUpgrade, .h2RefusedStream, .h2StreamReset:
      .response
    case .upstreamStatus: .successRate
    }
  }
}
