extension Cause {
  /// Whether the exchange is kept as an incident: it was answered with 5xx, by us or by the application, or aborted.
  /// 4xx and a client that left are records and counters.
  public var isIncident: Bool {
    switch self {
    case .routeNotFound, .methodNotAllowed, .earlyFinalResponse, .excessBody, .rateLimited, .clientAborted,
      .clientBodyTimeout, .clientMalformed, .requestHeadTimeout, .requestLineMalformed, .requestTargetRefused,
      .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp,
      .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong,
      .requestExpectationFailed, .requestHeadTooLarge:
      false
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .loopDetected, .dnsNxdomain, .dnsServfail,
      .dnsRefused, .dnsNoAddress, .dnsTimeout, .connectRefused, .connectReset, .hostUnreachable, .netUnreachable,
      .connectTimeout, .ipProhibited, .unixSocketMissing, .unixSocketPermission, .backlogFull, .localPortsExhausted,
      .localFdsOrMemory, .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClosedInHandshake,
      .tlsAlert, .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted,
      .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort, .plaintextToTlsPort,
      .tlsHandshakeTimeout, .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed,
      .writeTimeout, .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .truncatedHeaders, .truncatedBody,
      .notHttp, .invalidHeader, .headerSectionTooLarge, .headerTooLarge, .badFraming, .badChunk, .bodyTooLarge,
      .badContentCoding, .upgradeFailed, .unexpectedUpgrade, .upstreamStatus, .h2GoawayUnprocessed, .h2RefusedStream,
      .h2StreamReset, .h2ProtocolViolation, .h2PingTimeout, .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed,
      .admissionShed, .proxyDraining, .requestCodingUnsupported, .requestVersionUnsupported, .proxyBug:
      true
    }
  }
}
