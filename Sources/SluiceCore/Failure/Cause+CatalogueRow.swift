extension Cause {
  /// Row of the failure catalogue, nil where the catalogue has none: the request's own faults and what was added since.
  public var catalogueRow: Int? {
    switch self {
    case .routeNotFound: 1
    case .methodNotAllowed, .dnsNoAddress, .requestHeadTimeout, .requestLineMalformed, .requestTargetRefused,
      .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp,
      .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong,
      .requestExpectationFailed, .requestHeadTooLarge, .requestCodingUnsupported, .requestVersionUnsupported:
      nil
    case .poolEmpty: 2
    case .allUnhealthy: 3
    case .allDraining: 4
    case .circuitOpen: 5
    case .loopDetected: 54
    case .dnsNxdomain, .dnsServfail, .dnsRefused: 6
    case .dnsTimeout: 7
    case .connectRefused: 8
    case .connectReset: 9
    case .hostUnreachable, .netUnreachable: 10
    case .connectTimeout: 11
    case .ipProhibited: 12
    case .unixSocketMissing, .unixSocketPermission: 13
    case .backlogFull: 14
    case .localPortsExhausted: 15
    case .localFdsOrMemory: 16
    case .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClosedInHandshake: 17
    case .tlsAlert, .tlsClientCertificateWanted: 18
    case .tlsCertExpired, .tlsCertNotYetValid: 19
    case .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain: 20
    case .tlsNameMismatch: 21
    case .tlsToPlaintextPort: 22
    case .plaintextToTlsPort: 23
    case .tlsHandshakeTimeout: 24
    case .staleKeepalive: 25
    case .closedBeforeResponse: 26
    case .resetBeforeResponse: 27
    case .writeFailed: 28
    case .earlyFinalResponse: 29
    case .writeTimeout: 30
    case .responseHeaderTimeout: 31
    case .requestDeadline: 32
    case .bodyIdleTimeout: 33
    case .truncatedHeaders: 34
    case .truncatedBody: 35
    case .notHttp: 36
    case .invalidHeader: 37
    case .headerSectionTooLarge, .headerTooLarge: 38
    case .badFraming: 39
    case .badChunk: 40
    case .excessBody: 41
    case .bodyTooLarge: 42
    case .badContentCoding: 43
    case .upgradeFailed, .unexpectedUpgrade: 44
    case .upstreamStatus: 57
    case .h2GoawayUnprocessed: 45
    case .h2RefusedStream: 46
    case .h2StreamReset: 47
    case .h2ProtocolViolation, .h2PingTimeout: 48
    case .poolQueueFull: 49
    case .poolQueueTimeout: 50
    case .adaptiveLimitShed, .admissionShed: 51
    case .rateLimited: 52
    case .proxyDraining: 53
    case .clientAborted: 55
    case .clientBodyTimeout, .clientMalformed: 56
    case .proxyBug: 58
    }
  }
}
