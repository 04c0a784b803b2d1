internal import SluiceCore
internal import SluiceDiagnosis

extension Signature {
  private static let timeouts = ["70007", "110", "60"]
  private static let resets = ["104", "54", "32"]
  private static let statusLine = SignatureCondition.containsAny(
    .message, ["AH01102:", "error reading status line from remote server"])
  private static let headers = SignatureCondition.contains(.message, "AH10404:")
  private static let body = SignatureCondition.containsAny(.message, ["AH01110:", "rror reading response"])
  private static let requestBody = SignatureCondition.containsAny(
    .message, ["AH01084:", "AH01097:", "pass request body failed to"])

  /// Why the head of a response could not be read, where the line does not say it.
  private static let unread: [Cause] = [
    .resetBeforeResponse, .responseHeaderTimeout, .staleKeepalive, .notHttp, .truncatedHeaders, .plaintextToTlsPort,
  ]

  static let httpdResponse: [Signature] = [
    Signature(
      "A11", .httpd, [.contains(.message, "AH01104:")], .failure(.staleKeepalive),
      note: "httpd closes the client's connection without an answer, so that the client asks again."),
    Signature(
      "A09", .httpd, [statusLine, .is(.errorCode, timeouts)], .failure(.responseHeaderTimeout, or: [.notHttp], .likely),
      note: "An answer without the end of a line looks the same."),
    Signature(
      "A09e", .httpd, [statusLine, .is(.errorCode, ["22"])],
      .failure(.notHttp, or: [.plaintextToTlsPort, .invalidHeader], .likely)),
    Signature(
      "A09b", .httpd, [statusLine, .is(.errorCode, resets)],
      .failure(.resetBeforeResponse, or: [.staleKeepalive, .connectReset, .truncatedHeaders], .likely)),
    Signature(
      "A09c", .httpd, [statusLine, .is(.errorCode, ["20014", "70014"])],
      .failure(
        .closedBeforeResponse,
        or: [
          .staleKeepalive, .notHttp, .truncatedHeaders, .plaintextToTlsPort, .tlsClientCertificateWanted,
          .resetBeforeResponse,
        ], .likely)),
    Signature(
      "A09d", .httpd, [statusLine],
      .failure(.closedBeforeResponse, or: unread, .possible)),
    Signature("A35", .httpd, [headers, .is(.errorCode, ["28"])], .failure(.headerTooLarge)),
    Signature("A35b", .httpd, [headers, .is(.errorCode, timeouts)], .failure(.responseHeaderTimeout, .likely)),
    Signature("A35c", .httpd, [headers, .is(.errorCode, ["70014", "104", "54", "32"])], .failure(.truncatedHeaders)),
    Signature(
      "A35e", .httpd, [headers, .is(.errorCode, ["22"])], .failure(.invalidHeader, or: [.truncatedHeaders], .likely)),
    Signature("A35d", .httpd, [headers], .failure(.truncatedHeaders, or: [.headerTooLarge, .invalidHeader], .likely)),
    Signature(
      "A14", .httpd, [.containsAny(.message, ["AH10124:", "header size is over the limit allowed by"])],
      .failure(.headerTooLarge), note: "One field of the response is larger than ResponseFieldSize."),
    Signature(
      "A36", .httpd,
      [.containsAny(.message, ["AH02428:", "AH02429:", "AH02430:", "Response header name", "Response header '"])],
      .failure(.invalidHeader)),
    Signature(
      "A12", .httpd, [.contains(.message, "Corrupt status line returned by remote server")], .failure(.notHttp)),
    Signature(
      "A37", .httpd, [.contains(.message, "Unexpected Upgrade"), .contains(.message, "(expecting n/a)")],
      .failure(.unexpectedUpgrade)),
    Signature("A37b", .httpd, [.contains(.message, "Unexpected Upgrade")], .failure(.upgradeFailed)),
    Signature(
      "A62", .httpd, [.contains(.message, "interim responses from origin server")],
      .failure(.responseHeaderTimeout, or: [.invalidHeader], .possible),
      note: "The endpoint sent more interim responses than httpd takes, and no final one."),
    Signature(
      "A13", .httpd, [.contains(.message, "bad HTTP/"), .contains(.message, "header returned by")],
      .failure(.invalidHeader, or: [.truncatedHeaders, .headerTooLarge], .possible)),
    Signature(
      "A10", .httpd, [.contains(.message, "Error reading from remote server returned by")],
      .failure(.closedBeforeResponse, or: unread, .possible)),
    Signature(
      "A16", .httpd, [.containsAny(.message, ["AH02475:", "Response chunk/line was too large to parse"])],
      .failure(.badChunk)),
    Signature(
      "A17", .httpd, [.containsAny(.message, ["AH02476:", "Response Transfer-Encoding was not recognised"])],
      .failure(.badFraming)),
    Signature(
      "A15", .httpd, [body, .is(.errorCode, timeouts)],
      .failure(.bodyIdleTimeout, or: [.notHttp, .invalidHeader], .likely),
      note: "An answer that is not HTTP is passed on as a body, whose end never comes."),
    Signature(
      "A15b", .httpd, [body, .is(.errorCode, ["70008", "70014", "104", "54", "32"])], .failure(.truncatedBody)),
    Signature(
      "A15c", .httpd, [body, .is(.errorCode, ["20014", "22", "28"])],
      .failure(.badChunk, or: [.badFraming, .truncatedBody], .possible)),
    Signature("A15d", .httpd, [body], .failure(.truncatedBody, or: [.bodyIdleTimeout, .badChunk], .possible)),
    Signature(
      "A38", .httpd,
      [.containsAny(.message, ["AH01590:", "AH01593:", "Error reading/parsing chunk"]), .present(.endpoint)],
      .failure(.badChunk)),
    Signature(
      "A39", .httpd,
      [
        .containsAny(.message, ["AH01587:", "AH02555:", "Invalid Content-Length", "Unknown Transfer-Encoding"]),
        .present(.endpoint),
      ],
      .failure(.badFraming)),
    Signature(
      "A40", .httpd, [.contains(.message, "AH03408:")], .failure(.excessBody),
      note: "The client got its response; what came after it was dropped."),
    Signature(
      "A18", .httpd, [requestBody, .is(.errorCode, resets)], .failure(.writeFailed, or: [.staleKeepalive], .likely)),
    Signature("A18b", .httpd, [requestBody, .is(.errorCode, timeouts)], .failure(.writeTimeout)),
    Signature(
      "A18c", .httpd, [requestBody],
      .failure(.writeFailed, or: [.tlsHandshakeFailed, .writeTimeout, .clientAborted] + .handshakes, .possible)),
  ]

  /// FastCGI, AJP and CGI.
  static let httpdPrograms: [Signature] = [
    Signature("A41", .httpd, [dispatch, .is(.errorCode, timeouts)], .failure(.responseHeaderTimeout)),
    Signature("A41b", .httpd, [dispatch, .is(.errorCode, resets)], .failure(.resetBeforeResponse, .likely)),
    Signature(
      "A41c", .httpd, [dispatch],
      .failure(.closedBeforeResponse, or: [.responseHeaderTimeout, .resetBeforeResponse, .truncatedBody], .likely)),
    Signature("A42", .httpd, [.containsAny(.message, ["AH01068:", "Got bogus version"])], .failure(.notHttp)),
    Signature(
      "A43", .httpd,
      [.containsAny(.message, ["AH01070:", "Error parsing script headers", "alformed header from script"])],
      .failure(.invalidHeader)),
    Signature(
      "A44", .httpd,
      [.containsAny(.message, ["nd of script output before headers", "remature end of script headers"])],
      .failure(.closedBeforeResponse)),
    Signature(
      "A45", .httpd, [.containsAny(.message, ["AH01220:", "Timeout waiting for output from CGI script"])],
      .failure(.responseHeaderTimeout)),
    Signature(
      "A46", .httpd,
      [.containsAny(.message, ["AH00992:", "AH00878:", "AH00893:", "ajp_ilink_receive() can't receive header"])],
      .failure(.closedBeforeResponse, or: [.resetBeforeResponse, .responseHeaderTimeout], .likely)),
  ]

  private static let dispatch = SignatureCondition.containsAny(
    .message, ["AH01075:", "AH01067:", "Error dispatching request to", "Failed to read FastCGI header"])

  static let httpdClient: [Signature] = [
    Signature("A25", .httpd, [prefetch, .is(.errorCode, timeouts)], .failure(.clientBodyTimeout)),
    Signature(
      "A25b", .httpd, [prefetch, .is(.errorCode, ["70008", "70014", "104", "54", "32"])], .failure(.clientAborted)),
    Signature(
      "A25c", .httpd, [prefetch], .failure(.clientAborted, or: [.clientBodyTimeout, .clientMalformed], .possible)),
    Signature("A47", .httpd, [.contains(.message, "AH01382:")], .failure(.requestHeadTimeout)),
    Signature("A48", .httpd, [.contains(.message, "AH01383:")], .failure(.clientBodyTimeout)),
    Signature(
      "A49", .httpd, [.containsAny(.message, ["AH01587:", "AH01590:"]), .missing(.endpoint)],
      .failure(.requestFramingAmbiguous, or: [.requestChunkInvalid], .likely)),
  ]

  private static let prefetch = SignatureCondition.containsAny(
    .message, ["AH01095:", "prefetch request body failed to"])
}
