internal import SluiceCore
internal import SluiceDiagnosis

extension Signature {
  private static let head = "while reading response header from upstream"
  private static let body = "while reading upstream"
  private static let sending = "while sending request to upstream"

  /// Sending the request and reading the response.
  static let nginxResponse: [Signature] = [
    Signature(
      "N13", .nginx, [.contains(.message, "upstream prematurely closed connection"), .contains(.message, head)],
      .failure(.closedBeforeResponse, or: [.staleKeepalive, .truncatedHeaders, .resetBeforeResponse], .likely),
      note: "nginx does not tell whether the connection was reused, nor whether a part of the head had come."),
    Signature(
      "N14", .nginx, [.contains(.message, "upstream prematurely closed connection"), .contains(.message, body)],
      .failure(.truncatedBody, or: [.badFraming], .likely),
      note: "Versions before 1.23 take the last of several Content-Length fields."),
    Signature(
      "N49", .nginx, [.contains(.message, "upstream prematurely closed connection"), .contains(.message, sending)],
      .failure(.writeFailed, or: [.closedBeforeResponse, .staleKeepalive], .likely)),
    Signature(
      "N50", .nginx,
      [
        .contains(.message, "while proxying upgraded connection"),
        .containsAny(.message, ["upstream prematurely closed connection", "recv() failed"]),
      ], .failure(.truncatedBody, .likely), note: "A tunnel (WebSocket) ended from the endpoint's side."),
    Signature(
      "N15", .nginx, [.containsAny(.message, readFailed), .containsAny(.message, reset), .contains(.message, head)],
      .failure(.resetBeforeResponse, or: [.staleKeepalive, .truncatedHeaders], .likely)),
    Signature(
      "N16", .nginx, [.containsAny(.message, readFailed), .containsAny(.message, reset), .contains(.message, body)],
      .failure(.truncatedBody)),
    Signature(
      "N17", .nginx,
      [
        .contains(.message, sending),
        .containsAny(.message, ["failed (32:", "failed (104:", "failed (54:", "SSL_write() failed"]),
      ], .failure(.writeFailed, or: [.staleKeepalive, .resetBeforeResponse], .likely)),
    Signature(
      "N18", .nginx, [.contains(.message, "upstream sent too big header")], .failure(.headerSectionTooLarge),
      note: "The response head is larger than proxy_buffer_size: usually cookies or a token."),
    Signature("N19", .nginx, [.contains(.message, "upstream sent invalid header")], .failure(.invalidHeader)),
    Signature(
      "N20", .nginx, [.contains(.message, "upstream sent no valid HTTP/1.0 header")],
      .failure(.notHttp, or: [.plaintextToTlsPort, .invalidHeader], .likely),
      note: "nginx passes what came on as the body and records the upstream's status as 200."),
    Signature(
      "N21", .nginx, [.contains(.message, "upstream sent duplicate header line")],
      .failure(.badFraming, or: [.invalidHeader], .likely)),
    Signature(
      "N22", .nginx,
      [.contains(.message, "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time")],
      .failure(.badFraming)),
    Signature(
      "N23", .nginx, [.contains(.message, "upstream sent invalid \"Content-Length\" header")], .failure(.badFraming)),
    Signature(
      "N24", .nginx, [.contains(.message, "upstream sent unknown \"Transfer-Encoding\"")], .failure(.badFraming)),
    Signature("N25", .nginx, [.contains(.message, "upstream sent invalid chunked response")], .failure(.badChunk)),
    Signature(
      "N26", .nginx,
      [
        .containsAny(
          .message,
          [
            "upstream sent more data than specified in \"Content-Length\" header",
            "upstream sent response body larger than indicated content length", "upstream sent data after final chunk",
          ])
      ], .failure(.excessBody), note: "The client got its response; what came after it was dropped."),
    Signature(
      "N43", .nginx,
      [
        .containsAny(
          .message, ["upstream prematurely closed FastCGI stdout", "upstream prematurely closed FastCGI request"])
      ],
      .failure(.closedBeforeResponse, .likely), note: "The worker of php-fpm, or another FastCGI program, ended."),
    Signature(
      "N44", .nginx,
      [.containsAny(.message, ["upstream sent unexpected FastCGI record", "upstream sent unsupported FastCGI"])],
      .failure(.notHttp), note: "The port does not speak FastCGI."),
    Signature(
      "N51", .nginx, [.containsAny(.message, readFailed), .contains(.message, head)],
      .failure(.resetBeforeResponse, or: [.closedBeforeResponse, .connectTimeout, .hostUnreachable], .possible)),
    Signature(
      "N52", .nginx, [.containsAny(.message, readFailed), .contains(.message, body)],
      .failure(.truncatedBody, .likely)),
    Signature(
      "N53", .nginx,
      [.contains(.message, "auth request unexpected status: 5")], .failure(.upstreamStatus, .likely), who: .dependency,
      note: "What auth_request asks failed, so the client got 500."),
  ]

  private static let readFailed = ["recv() failed", "readv() failed", "SSL_read() failed", "upstream SSL_read"]

  /// gRPC, and HTTP/2 to the upstream.
  static let nginxHTTP2: [Signature] = [
    Signature(
      "N37", .nginx, [.contains(.message, "upstream rejected request with error 7")], .failure(.h2RefusedStream)),
    Signature(
      "N37b", .nginx, [.contains(.message, "upstream rejected request with error")], .failure(.h2StreamReset),
      note: "nginx takes it for an invalid header, so it is not tried again."),
    Signature(
      "N38", .nginx, [.contains(.message, "upstream sent goaway with error")],
      .failure(.h2GoawayUnprocessed, or: [.h2ProtocolViolation], .likely)),
    Signature(
      "N39", .nginx, [.contains(.message, "upstream prematurely closed stream")],
      .failure(.closedBeforeResponse, or: [.truncatedBody], .likely)),
    // 4740180 is 0x485454, the letters HTT where the length of a frame should stand.
    Signature(
      "N54", .nginx, [.contains(.message, "upstream sent too large http2 frame: 4740180")],
      .failure(.h2ProtocolViolation), who: .configuration,
      note: "The endpoint answers in HTTP/1.1: it does not speak HTTP/2 on this port."),
    Signature("N41", .nginx, [.contains(.message, "upstream sent too large http2 header")], .failure(.headerTooLarge)),
    Signature(
      "N40", .nginx,
      [
        .containsAny(
          .message,
          [
            "upstream sent frame for closed stream", "upstream sent frame for unknown stream",
            "upstream sent headers frame for unknown stream", "upstream violated",
            "upstream sent too large http2 frame",
            "upstream sent unexpected http2 frame", "upstream sent too short http2 frame", "upstream sent unexpected",
          ])
      ], .failure(.h2ProtocolViolation)),
  ]
}
