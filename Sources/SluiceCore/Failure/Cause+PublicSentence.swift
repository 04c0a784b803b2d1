extension Cause {
  /// What any client may read: no address, file, certificate or byte of the upstream, and no hint at what it runs.
  public var publicSentence: String {
    switch self {
    case .routeNotFound: "Nothing is served at this address."
    case .methodNotAllowed: "This address does not accept this method."
    case .poolEmpty, .allUnhealthy, .allDraining, .circuitOpen: "The service is not available at the moment."
    case .loopDetected: "The request came back to the gateway that had sent it."
    case .dnsNxdomain, .dnsServfail, .dnsRefused, .dnsNoAddress, .dnsTimeout, .connectRefused, .connectReset,
      .hostUnreachable, .netUnreachable, .connectTimeout, .ipProhibited, .unixSocketMissing:
      "The service could not be reached."
    case .unixSocketPermission: "The gateway is not set up for this request."
    case .backlogFull, .h2RefusedStream, .poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed:
      "The service has more work than it can take at the moment."
    case .localPortsExhausted, .localFdsOrMemory, .proxyBug: "The gateway could not handle the request."
    case .tlsHandshakeFailed, .tlsVersionMismatch, .tlsCipherMismatch, .tlsClosedInHandshake, .tlsAlert,
      .tlsClientCertificateWanted, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned,
      .tlsCertIncompleteChain, .tlsNameMismatch, .tlsToPlaintextPort, .tlsHandshakeTimeout:
      "A secure connection to the service could not be established."
    case .plaintextToTlsPort, .notHttp, .invalidHeader, .headerSectionTooLarge, .headerTooLarge, .badFraming,
      .badChunk, .badContentCoding, .unexpectedUpgrade, .h2ProtocolViolation:
      "The service sent an answer that could not be understood."
    case .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .h2GoawayUnprocessed:
      "The service ended the connection without an answer."
    case .earlyFinalResponse: "The service answered before it had read the whole request."
    case .writeTimeout, .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .h2PingTimeout:
      "The service did not answer in time."
    case .truncatedHeaders, .truncatedBody, .h2StreamReset:
      "The service ended the connection before its answer was complete."
    case .excessBody: "The service sent more than it had announced."
    case .bodyTooLarge: "The service's answer is larger than the gateway passes on."
    case .upgradeFailed: "The service did not switch protocols as it was asked to."
    case .upstreamStatus: "The service itself reported an error."
    case .rateLimited: "Too many requests in too short a time."
    case .proxyDraining: "The gateway is about to stop."
    case .clientAborted: "The client ended the connection."
    case .clientBodyTimeout: "The body of the request did not arrive in time."
    case .clientMalformed: "The request is malformed."
    case .requestHeadTimeout: "The request did not arrive in time."
    case .requestLineMalformed: "The request line is malformed."
    case .requestTargetRefused: "The address in the request is not acceptable."
    case .requestHostInvalid: "The Host field of the request is missing or malformed."
    case .requestFieldInvalid: "A field of the request is malformed."
    case .requestFramingAmbiguous: "The length of the request's body is ambiguous."
    case .requestChunkInvalid: "The chunked coding of the request is broken."
    case .requestNotHttp: "This port speaks HTTP, and what arrived is not HTTP."
    case .requestTlsOnPlaintextPort: "This port speaks plain HTTP, and what arrived is TLS."
    case .requestPlaintextOnTlsPort: "This port speaks HTTPS, and what arrived is plain HTTP."
    case .requestBodyTooLarge: "The body of the request is too large."
    case .requestLineTooLong: "The address in the request is too long."
    case .requestExpectationFailed: "The request expects something that the gateway does not know."
    case .requestHeadTooLarge: "The fields of the request are too large."
    case .requestCodingUnsupported: "The transfer coding of the request is not supported."
    case .requestVersionUnsupported: "The HTTP version of the request is not supported."
    }
  }
}
