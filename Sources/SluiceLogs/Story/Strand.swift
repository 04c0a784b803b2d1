internal import SluiceCore

/// Causes in groups that can follow from each other.
enum Strand: CaseIterable, Sendable {
  /// No connection came about.
  case unconnected
  /// A connection broke before its response was whole.
  case broken
  /// Nothing came in time.
  case late
  /// Requests waited or were refused because too many were under way.
  case crowded
  /// Nothing was left to send to: it follows from whatever took the endpoints away.
  case exhausted
  /// TLS to the endpoint did not come about.
  case insecure
  /// What came was no valid response.
  case invalid
  /// The name led nowhere.
  case unnamed
  /// The application answered that it failed.
  case ownStatus
  /// The proxy's machine had nothing left to open connections with.
  case local
  /// The proxy or its configuration stood in the way.
  case proxy
  /// The client's doing: counted, and never a problem of its own.
  case client
  /// The lines tell that a request failed, and not why.
  case untold
}

extension Strand {
  init(_ cause: Cause?) {
    guard let cause else {
      self = .untold
      return
    }
    self = cause.strand
  }
}

extension Cause {
  var strand: Strand {
    switch self {
    case .connectRefused, .connectReset, .hostUnreachable, .netUnreachable, .unixSocketMissing, .backlogFull:
      .unconnected
    case .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .truncatedHeaders,
      .truncatedBody, .h2GoawayUnprocessed, .h2RefusedStream, .h2StreamReset, .tlsClosedInHandshake:
      .broken
    case .connectTimeout, .tlsHandshakeTimeout, .writeTimeout, .responseHeaderTimeout, .requestDeadline,
      .bodyIdleTimeout, .h2PingTimeout:
      .late
    case .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed: .crowded
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen: .exhausted
    case .tlsHandshakeFailed, .tlsAlert, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClientCertificateWanted,
      .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain,
      .tlsNameMismatch, .tlsToPlaintextPort:
      .insecure
    case .plaintextToTlsPort, .notHttp, .invalidHeader, .badFraming, .badChunk, .badContentCoding,
      .headerSectionTooLarge, .headerTooLarge, .excessBody, .bodyTooLarge, .upgradeFailed, .unexpectedUpgrade,
      .h2ProtocolViolation, .earlyFinalResponse:
      .invalid
    case .dnsNxdomain, .dnsNoAddress, .dnsServfail, .dnsRefused, .dnsTimeout: .unnamed
    case .upstreamStatus: .ownStatus
    case .localPortsExhausted, .localFdsOrMemory: .local
    case .routeNotFound, .methodNotAllowed, .loopDetected, .ipProhibited, .unixSocketPermission, .proxyDraining,
      .proxyBug:
      .proxy
    case .rateLimited, .clientAborted, .clientBodyTimeout, .requestHeadTimeout, .clientMalformed,
      .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid,
      .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp, .requestCodingUnsupported,
      .requestVersionUnsupported, .requestExpectationFailed, .requestTlsOnPlaintextPort,
      .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong, .requestHeadTooLarge:
      .client
    }
  }

  /// How much it says: where several lines tell of one request, the more exact one is right.
  ///
  /// 4 names what is wrong with a response, which may then also end early; 3 names what happened on the wire; 2 leaves
  /// several ways open; 1 is what follows from other failures; 0 tells only that somebody else failed, or that the
  /// client left.
  var exactness: Int {
    switch strand {
    case .invalid: 4
    case .unconnected, .insecure, .unnamed, .local: 3
    case .broken, .late, .crowded, .proxy: self == .tlsHandshakeFailed || self == .requestDeadline ? 2 : 3
    case .exhausted: 1
    case .ownStatus, .client, .untold: 0
    }
  }
}
