public import SluiceCore

/// What a gateway can observe of an endpoint, in groups that go back to the same things.
enum Symptom {
  /// No connection came about.
  case unconnected
  /// A connection broke before the response was whole.
  case broken
  /// Nothing came in time.
  case late
  /// TLS did not come about.
  case insecure
  /// What came was no valid response.
  case invalid
  /// The name led nowhere.
  case unnamed
  /// The application answered that it failed.
  case ownStatus
  /// The gateway itself held the request back or refused it.
  case heldBack
}

extension Cause {
  /// Whether something at an endpoint can bring it about, so that a look there may explain it.
  public var concernsEndpoint: Bool { symptom != nil }

  /// The root causes that may lie behind it, in the order of their table.
  public var rootCauses: [RootCause] {
    symptom.map { symptom in RootCause.allCases.filter { $0.explains(symptom) } } ?? []
  }

  /// nil: nothing at the endpoint explains it.
  var symptom: Symptom? {
    switch self {
    case .connectRefused, .connectReset, .hostUnreachable, .netUnreachable, .connectTimeout, .ipProhibited,
      .unixSocketMissing, .unixSocketPermission, .backlogFull, .allUnhealthy, .circuitOpen:
      .unconnected
    case .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .truncatedHeaders,
      .truncatedBody, .h2GoawayUnprocessed, .h2RefusedStream, .h2StreamReset, .earlyFinalResponse:
      .broken
    case .writeTimeout, .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .h2PingTimeout: .late
    case .tlsHandshakeFailed, .tlsClosedInHandshake, .tlsAlert, .tlsVersionMismatch, .tlsCipherMismatch,
      .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned,
      .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort, .tlsHandshakeTimeout:
      .insecure
    case .plaintextToTlsPort, .notHttp, .invalidHeader, .badFraming, .badChunk, .badContentCoding,
      .headerSectionTooLarge, .headerTooLarge, .excessBody, .bodyTooLarge, .upgradeFailed, .unexpectedUpgrade,
      .h2ProtocolViolation, .loopDetected:
      .invalid
    case .dnsNxdomain, .dnsNoAddress, .dnsServfail, .dnsRefused, .dnsTimeout: .unnamed
    case .upstreamStatus: .ownStatus
    case .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed: .heldBack
    case .routeNotFound, .methodNotAllowed, .poolEmpty, .allDraining, .localPortsExhausted, .localFdsOrMemory,
      .rateLimited, .proxyDraining, .clientAborted, .clientBodyTimeout, .requestHeadTimeout, .clientMalformed,
      .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid,
      .requestFramingAmbiguous, .requestChunkInvalid, .requestNotHttp, .requestCodingUnsupported,
      .requestVersionUnsupported, .requestExpectationFailed, .requestTlsOnPlaintextPort,
      .requestPlaintextOnTlsPort, .requestBodyTooLarge, .requestLineTooLong, .requestHeadTooLarge, .proxyBug:
      nil
    }
  }
}

extension RootCause {
  /// Whether it brings about a symptom: what was found at the same time is no explanation by that alone.
  func explains(_ symptom: Symptom) -> Bool { symptoms.contains(symptom) }

  private var symptoms: Set<Symptom> {
    switch self {
    case .upstreamDown, .notRunning, .listeningElsewhere, .listeningOnOtherAddress, .firewall, .packetsDropped,
      .gatewayNetwork, .deployChangedPort, .nameMoved, .connectionTableFull:
      [.unconnected, .late]
    case .applicationCrash, .heapExhausted, .outOfMemoryKilled, .processKilled, .programFault, .applicationExited,
      .crashLoop,
      .zombieProcess, .deployRestart, .deployCrash:
      [.unconnected, .broken, .late, .insecure]
    case .applicationHung, .processStopped, .slowApplication, .overload, .workersExhausted, .eventLoopBlocked,
      .cpuThrottled, .memoryPressure, .slowDependency, .deploySlower:
      [.unconnected, .late, .heldBack, .insecure, .broken]
    case .cannotListen: [.unconnected]
    case .handlerError: [.broken, .ownStatus]
    case .workerTimeout: [.broken, .late, .ownStatus]
    case .requestsPerConnectionLimit, .idleTimeoutMismatch: [.broken]
    case .responseBug: [.invalid, .broken]
    case .dependencyFailed: [.ownStatus, .late]
    case .deployRegression, .configurationChange, .descriptorsExhausted, .diskFull:
      [.unconnected, .broken, .late, .insecure, .invalid, .ownStatus, .heldBack]
    case .wrongPort, .wrongScheme, .wrongProtocol, .deployChangedProtocol: [.unconnected, .insecure, .invalid, .broken]
    case .wrongName: [.insecure, .unnamed]
    case .deployChangedCertificate: [.insecure]
    case .timeoutLadder: [.late, .broken]
    case .limitTooLow: [.heldBack]
    case .clientTimeout: []
    }
  }
}

extension Conclusion {
  /// Whether it explains what a gateway observed: the same cause seen again, or a root cause that brings it about.
  func explains(_ cause: Cause) -> Bool {
    if explanation.name == cause.identifier { return true }
    guard let root = RootCause(rawValue: explanation.name), let symptom = cause.symptom else { return false }
    return root.explains(symptom)
  }
}
