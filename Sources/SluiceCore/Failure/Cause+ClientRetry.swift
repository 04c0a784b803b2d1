extension Cause {
  /// Whether the client does well to send the request again.
  public var clientRetry: ClientRetry {
    switch self {
    case .routeNotFound, .methodNotAllowed, .loopDetected, .ipProhibited, .unixSocketPermission, .tlsVersionMismatch,
      .tlsCipherMismatch, .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted,
      .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort, .plaintextToTlsPort,
      .earlyFinalResponse, .notHttp, .invalidHeader, .headerSectionTooLarge, .headerTooLarge, .badFraming, .badChunk,
      .excessBody, .bodyTooLarge, .badContentCoding, .upgradeFailed, .unexpectedUpgrade, .clientAborted,
      .clientMalformed, .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid,
      .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp, .requestTlsOnPlaintextPort,
      .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong, .requestExpectationFailed,
      .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported, .proxyBug:
      .useless
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .dnsNxdomain, .dnsServfail, .dnsRefused,
      .dnsNoAddress, .dnsTimeout, .connectRefused, .connectReset, .hostUnreachable, .netUnreachable, .connectTimeout,
      .unixSocketMissing, .backlogFull, .localPortsExhausted, .localFdsOrMemory, .tlsHandshakeFailed,
      .tlsClosedInHandshake, .tlsAlert, .tlsHandshakeTimeout, .h2GoawayUnprocessed, .h2RefusedStream, .poolQueueFull,
      .poolQueueTimeout, .adaptiveLimitShed, .admissionShed, .rateLimited, .proxyDraining:
      .always
    case .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .writeTimeout,
      .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .truncatedHeaders, .truncatedBody, .upstreamStatus,
      .h2StreamReset, .h2ProtocolViolation, .h2PingTimeout, .clientBodyTimeout, .requestHeadTimeout:
      .ifIdempotent
    }
  }

  /// `retryable` of a problem document.
  public func isRetryable(isIdempotent: Bool) -> Bool {
    switch clientRetry {
    case .always: true
    case .ifIdempotent: isIdempotent
    case .useless: false
    }
  }
}
