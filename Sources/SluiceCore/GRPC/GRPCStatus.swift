/// How a gRPC call ended (gRPC core concepts, "Status codes and their use in gRPC").
public enum GRPCStatus: UInt8, Sendable, Hashable, CaseIterable {
  case ok = 0
  case cancelled = 1
  case unknown = 2
  case invalidArgument = 3
  case deadlineExceeded = 4
  case notFound = 5
  case alreadyExists = 6
  case permissionDenied = 7
  case resourceExhausted = 8
  case failedPrecondition = 9
  case aborted = 10
  case outOfRange = 11
  case unimplemented = 12
  case `internal` = 13
  case unavailable = 14
  case dataLoss = 15
  case unauthenticated = 16
}

extension Cause {
  /// What a gRPC client is told.
  ///
  /// `unavailable` invites clients to call again, so that it stands only where the call was not made or the endpoint is
  /// down; a response that is broken is `internal`, since it will be broken again. What HTTP says with 404 is
  /// `unimplemented` to gRPC: there is no such service.
  public var grpcStatus: GRPCStatus {
    switch self {
    case .routeNotFound, .methodNotAllowed, .requestCodingUnsupported, .requestVersionUnsupported: .unimplemented
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen, .backlogFull, .localPortsExhausted,
      .localFdsOrMemory, .proxyDraining, .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .dnsTimeout,
      .connectRefused, .connectReset, .hostUnreachable, .netUnreachable, .connectTimeout, .ipProhibited,
      .unixSocketMissing, .unixSocketPermission, .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch,
      .tlsClosedInHandshake, .tlsAlert, .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid,
      .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort,
      .plaintextToTlsPort, .tlsHandshakeTimeout, .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse,
      .writeFailed, .writeTimeout, .h2GoawayUnprocessed, .h2RefusedStream, .h2PingTimeout:
      .unavailable
    case .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed, .rateLimited, .requestBodyTooLarge,
      .requestLineTooLong, .requestHeadTooLarge, .bodyTooLarge:
      .resourceExhausted
    case .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .clientBodyTimeout, .requestHeadTimeout:
      .deadlineExceeded
    case .loopDetected, .truncatedHeaders, .truncatedBody, .notHttp, .invalidHeader, .headerSectionTooLarge,
      .headerTooLarge, .badFraming, .badChunk, .badContentCoding, .upgradeFailed, .unexpectedUpgrade,
      .h2StreamReset, .h2ProtocolViolation, .clientMalformed, .requestLineMalformed, .requestTargetRefused,
      .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp,
      .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort, .requestExpectationFailed, .proxyBug:
      .internal
    // The application's own answer goes on as it is.
    case .earlyFinalResponse, .excessBody, .upstreamStatus: .unknown
    case .clientAborted: .cancelled
    }
  }
}
