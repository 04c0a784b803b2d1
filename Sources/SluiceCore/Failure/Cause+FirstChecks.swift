extension Cause {
  /// Where to look first, in this order.
  public var firstChecks: [Check] {
    switch self {
    case .routeNotFound, .methodNotAllowed, .loopDetected, .earlyFinalResponse, .bodyTooLarge, .rateLimited,
      .clientBodyTimeout, .clientMalformed, .requestHeadTimeout, .requestLineMalformed, .requestTargetRefused,
      .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous, .requestChunkInvalid,
      .requestBodyTooLarge, .requestLineTooLong, .requestExpectationFailed, .requestHeadTooLarge,
      .requestCodingUnsupported, .requestVersionUnsupported, .proxyBug:
      []
    case .poolEmpty: [.nameResolution, .deploys]
    case .allUnhealthy: [.process, .directProbe, .resources, .deploys]
    case .allDraining, .h2GoawayUnprocessed, .proxyDraining: [.deploys]
    case .circuitOpen: [.process, .resources]
    case .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .dnsTimeout, .ipProhibited: [.nameResolution]
    case .connectRefused: [.process, .portAndScheme, .deploys]
    case .connectReset: [.process, .kernelLimits]
    case .hostUnreachable, .netUnreachable: [.directProbe, .nameResolution]
    case .connectTimeout: [.directProbe, .kernelLimits]
    case .unixSocketMissing, .unixSocketPermission: [.process]
    case .backlogFull: [.resources, .kernelLimits]
    case .localPortsExhausted, .localFdsOrMemory: [.kernelLimits]
    case .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClosedInHandshake:
      [.certificates, .portAndScheme]
    case .tlsAlert, .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted,
      .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch:
      [.certificates]
    case .tlsToPlaintextPort, .plaintextToTlsPort, .notHttp, .upgradeFailed, .unexpectedUpgrade, .requestNotHttp,
      .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort:
      [.portAndScheme]
    case .tlsHandshakeTimeout, .writeTimeout, .h2RefusedStream, .poolQueueFull, .adaptiveLimitShed, .admissionShed:
      [.resources]
    case .staleKeepalive, .requestDeadline, .clientAborted: [.timeoutLadder]
    case .closedBeforeResponse, .resetBeforeResponse: [.process, .applicationLog, .resources]
    case .writeFailed, .truncatedBody, .invalidHeader, .headerSectionTooLarge, .headerTooLarge, .badFraming,
      .badChunk, .excessBody, .badContentCoding, .upstreamStatus, .h2StreamReset, .h2ProtocolViolation,
      .h2PingTimeout:
      [.applicationLog]
    case .responseHeaderTimeout: [.applicationLog, .resources, .timeoutLadder]
    case .bodyIdleTimeout: [.applicationLog, .timeoutLadder]
    case .truncatedHeaders: [.process, .applicationLog]
    case .poolQueueTimeout: [.resources, .timeoutLadder]
    }
  }
}
