import SluiceCore
import Testing

@Suite("The tables of causes agree with each other")
struct CauseTableTests {
  @Test("An identifier is the case's name in snake case, unique, and leads back to the case", arguments: Cause.allCases)
  func identifierIsTheName(_ cause: Cause) {
    let snake = "\(cause)".reduce(into: "") { text, character in
      if character.isUppercase { text += "_" }
      text += character.lowercased()
    }
    #expect(cause.identifier == snake)
    #expect(Cause(identifier: cause.identifier) == cause)
  }

  @Test("What is not an identifier has no cause", arguments: ["", "oom_killed", "connectRefused", "Connect_Refused"])
  func unknownIdentifier(_ text: String) {
    #expect(Cause(identifier: text) == nil)
  }

  @Test("Every row of the catalogue has its names", arguments: 1...58)
  func everyRowHasACause(_ row: Int) {
    #expect(Cause.allCases.contains { $0.catalogueRow == row })
  }

  @Test("The names of the rows that hold several are cases of their own")
  func rowsOfSeveralNames() {
    func identifiers(_ row: Int) -> [String] {
      Cause.allCases.filter { $0.catalogueRow == row }.map(\.identifier).sorted()
    }
    #expect(identifiers(6) == ["dns_nxdomain", "dns_refused", "dns_servfail"])
    #expect(identifiers(10) == ["host_unreachable", "net_unreachable"])
    #expect(identifiers(13) == ["unix_socket_missing", "unix_socket_permission"])
    #expect(identifiers(19) == ["tls_cert_expired", "tls_cert_not_yet_valid"])
    #expect(identifiers(38) == ["header_section_too_large", "header_too_large"])
    #expect(identifiers(48) == ["h2_ping_timeout", "h2_protocol_violation"])
    #expect(identifiers(51) == ["adaptive_limit_shed", "admission_shed"])
    #expect(identifiers(56) == ["client_body_timeout", "client_malformed"])
  }

  @Test("A status is one that can be sent, or 499 for a client that has left", arguments: Cause.allCases)
  func statusIsSendable(_ cause: Cause) {
    if cause == .clientAborted {
      #expect(cause.status == 499)
    } else {
      #expect(400...505 ~= cause.status)
      #expect(cause.status != 499)
    }
  }

  /// Where the catalogue departs from the recommendation of RFC 9209, with its reason.
  static let departures: [Cause: UInt16] = [
    // The client's address is wrong, not the gateway.
    .routeNotFound: 404,
    // Overload, not a bad answer.
    .backlogFull: 503, .localPortsExhausted: 503, .localFdsOrMemory: 503, .h2RefusedStream: 503,
    // RFC 6585 section 4.
    .rateLimited: 429,
  ]

  @Test(
    "The status is the one that RFC 9209 recommends for the type, but for named departures", arguments: Cause.allCases)
  func statusFollowsTheType(_ cause: Cause) {
    guard let recommended = cause.proxyErrorType?.recommendedStatus else { return }
    #expect(cause.status == Self.departures[cause] ?? recommended)
  }

  @Test(
    "A cause without an error type is the application's own answer or a client that left", arguments: Cause.allCases)
  func typeIsMissingOnlyWhereNothingIsMade(_ cause: Cause) {
    #expect((cause.proxyErrorType == nil) == (cause.passesResponse || cause == .clientAborted))
  }

  @Test("5xx of ours and the application's are incidents, all else is none", arguments: Cause.allCases)
  func incidents(_ cause: Cause) {
    let expected = cause.passesResponse ? cause == .upstreamStatus : cause.status >= 500
    #expect(cause.isIncident == expected)
  }

  @Test("Every 503 and 429 says when to come again, and nothing else does", arguments: Cause.allCases)
  func retryAfter(_ cause: Cause) {
    #expect(cause.carriesRetryAfter == [503, 429].contains(cause.status))
  }

  @Test(
    "What the client did is the client's, never counts against an endpoint and is never sent again",
    arguments: Cause.allCases)
  func clientFaults(_ cause: Cause) {
    let isRequestFault = cause.identifier.hasPrefix("request_") && cause != .requestDeadline
    guard isRequestFault || cause.identifier.hasPrefix("client_") else { return }
    #expect(cause.owner == .client)
    #expect(cause.ejectionWeight == .never)
    #expect(cause.replayClass == .never)
  }

  @Test("The gateway's and the machine's own faults never eject an endpoint", arguments: Cause.allCases)
  func ownFaultsDoNotEject(_ cause: Cause) {
    guard [.gateway, .machine, .client].contains(cause.owner) else { return }
    #expect(cause.ejectionWeight == .never)
  }

  @Test("An invalid head of which nothing was forwarded may be asked for again, and ejects like a lost connection")
  func invalidHeads() {
    for cause in [Cause.notHttp, .invalidHeader, .badFraming, .headerTooLarge, .headerSectionTooLarge] {
      #expect(cause.replayClass == .possiblyProcessed)
      #expect(cause.ejectionWeight == .connection)
    }
  }

  @Test("Only what cost the endpoint no work ejects at once", arguments: Cause.allCases)
  func connectFailures(_ cause: Cause) {
    guard cause.ejectionWeight == .connect else { return }
    #expect(cause.replayClass == .unsent || cause.replayClass == .unprocessed)
  }

  @Test("An alert proves that the request was not processed")
  func alerts() {
    #expect(Cause.tlsAlert.replayClass == .unprocessed)
    #expect(Cause.tlsClientCertificateWanted.replayClass == .unprocessed)
  }

  @Test("A request that may have been processed is retryable only where that does no harm", arguments: Cause.allCases)
  func retryHint(_ cause: Cause) {
    if cause.isRetryable(isIdempotent: false) {
      #expect(cause.replayClass == .unsent || cause.replayClass == .unprocessed || cause == .rateLimited)
      #expect(cause.isRetryable(isIdempotent: true))
    }
  }

  @Test("The public sentence names nothing of the inside", arguments: Cause.allCases)
  func publicSentence(_ cause: Cause) {
    let sentence = cause.publicSentence
    #expect(sentence.hasSuffix("."))
    for word in ["endpoint", "upstream", "certificate", "errno", "EMFILE", "DNS", "Via"] {
      #expect(!sentence.contains(word), "\(sentence)")
    }
    #expect(cause.summary.hasSuffix(".") || cause.summary.hasSuffix(")."))
  }

  @Test("Checks are not repeated", arguments: Cause.allCases)
  func checks(_ cause: Cause) {
    #expect(Set(cause.firstChecks).count == cause.firstChecks.count)
  }

  @Test("The 32 error types have the names of RFC 9209")
  func errorTypes() {
    #expect(ProxyErrorType.allCases.count == 32)
    #expect(Set(ProxyErrorType.allCases.map(\.identifier)).count == 32)
    #expect(ProxyErrorType.destinationIPUnroutable.identifier == "destination_ip_unroutable")
    #expect(ProxyErrorType.httpResponseTrailerSectionSize.identifier == "http_response_trailer_section_size")
    #expect(ProxyErrorType.httpRequestError.recommendedStatus == nil)
  }
}
