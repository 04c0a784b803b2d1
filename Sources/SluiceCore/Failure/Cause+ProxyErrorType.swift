extension Cause {
  /// The `error` of our Proxy-Status member (RFC 9209 section 2.3), nil where the gateway makes no error of it.
  ///
  /// `proxyErrorType(rule:)` is narrower where the broken rule is known.
  public var proxyErrorType: ProxyErrorType? {
    switch self {
    case .routeNotFound: .destinationNotFound
    case .methodNotAllowed, .clientBodyTimeout, .clientMalformed, .requestHeadTimeout, .requestLineMalformed,
      .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous,
      .requestChunkInvalid, .requestNotHttp, .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort,
      .requestBodyTooLarge, .requestLineTooLong, .requestExpectationFailed, .requestHeadTooLarge,
      .requestCodingUnsupported, .requestVersionUnsupported:
      .httpRequestError
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen: .destinationUnavailable
    case .loopDetected: .proxyLoopDetected
    case .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress: .dnsError
    case .dnsTimeout: .dnsTimeout
    case .connectRefused, .connectReset, .unixSocketMissing, .backlogFull: .connectionRefused
    case .hostUnreachable, .netUnreachable: .destinationIPUnroutable
    case .connectTimeout, .tlsHandshakeTimeout: .connectionTimeout
    case .ipProhibited: .destinationIPProhibited
    case .unixSocketPermission: .proxyConfigurationError
    case .localPortsExhausted, .localFdsOrMemory, .proxyBug: .proxyInternalError
    case .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClosedInHandshake, .tlsToPlaintextPort:
      .tlsProtocolError
    case .tlsAlert, .tlsClientCertificateWanted: .tlsAlertReceived
    case .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain,
      .tlsNameMismatch:
      .tlsCertificateError
    case .plaintextToTlsPort, .notHttp, .invalidHeader, .badFraming, .h2StreamReset, .h2ProtocolViolation:
      .httpProtocolError
    case .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .h2GoawayUnprocessed,
      .h2RefusedStream:
      .connectionTerminated
    case .earlyFinalResponse, .excessBody, .upstreamStatus, .clientAborted: nil
    case .writeTimeout: .connectionWriteTimeout
    case .responseHeaderTimeout, .requestDeadline: .httpResponseTimeout
    case .bodyIdleTimeout, .h2PingTimeout: .connectionReadTimeout
    case .truncatedHeaders, .truncatedBody: .httpResponseIncomplete
    case .headerSectionTooLarge: .httpResponseHeaderSectionSize
    case .headerTooLarge: .httpResponseHeaderSize
    case .badChunk: .httpResponseTransferCoding
    case .bodyTooLarge: .httpResponseBodySize
    case .badContentCoding: .httpResponseContentCoding
    case .upgradeFailed, .unexpectedUpgrade: .httpUpgradeFailed
    case .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed: .connectionLimitReached
    case .rateLimited: .httpRequestDenied
    case .proxyDraining: .proxyInternalResponse
    }
  }
}
