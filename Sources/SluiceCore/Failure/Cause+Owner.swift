extension Cause {
  /// Who has to act. The first guess, from the cause alone: a diagnosis with more evidence may name another.
  public var owner: Owner {
    switch self {
    case .routeNotFound, .poolEmpty, .loopDetected, .ipProhibited, .unixSocketMissing, .unixSocketPermission,
      .tlsVersionMismatch, .tlsCipherMismatch, .tlsClientCertificateWanted, .tlsCertUntrusted, .tlsCertSelfSigned,
      .tlsNameMismatch, .tlsToPlaintextPort, .plaintextToTlsPort, .staleKeepalive, .notHttp, .bodyTooLarge:
      .configuration
    case .methodNotAllowed, .rateLimited, .clientAborted, .clientBodyTimeout, .clientMalformed, .requestHeadTimeout,
      .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid,
      .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp, .requestTlsOnPlaintextPort,
      .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong, .requestExpectationFailed,
      .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported:
      .client
    case .allUnhealthy, .circuitOpen, .connectRefused, .backlogFull, .tlsHandshakeFailed, .tlsClosedInHandshake,
      .tlsAlert, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertIncompleteChain, .tlsHandshakeTimeout,
      .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .earlyFinalResponse, .writeTimeout,
      .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .truncatedHeaders, .truncatedBody, .invalidHeader,
      .headerSectionTooLarge, .headerTooLarge, .badFraming, .badChunk, .excessBody, .badContentCoding,
      .upgradeFailed, .unexpectedUpgrade, .upstreamStatus, .h2RefusedStream, .h2StreamReset, .h2ProtocolViolation,
      .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed:
      .application
    case .allDraining, .h2GoawayUnprocessed: .deploy
    case .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .dnsTimeout, .connectReset, .hostUnreachable,
      .netUnreachable, .connectTimeout, .h2PingTimeout:
      .network
    case .localPortsExhausted, .localFdsOrMemory: .machine
    case .proxyDraining, .proxyBug: .gateway
    }
  }
}
