internal import SluiceCore
internal import SluiceDiagnosis

extension GoSignatures {
  static func responses(_ product: LogProduct) -> [Signature] {
    [
      Signature(
        "G10-h2", product, [.contains(.errorText, "http2: timeout awaiting response headers")],
        .failure(.responseHeaderTimeout, or: [.h2ProtocolViolation, .h2PingTimeout], .likely)),
      Signature(
        "G10", product, [.contains(.errorText, "timeout awaiting response headers")],
        .failure(.responseHeaderTimeout, or: [.notHttp, .headerSectionTooLarge], .likely),
        note: "An endpoint that speaks HTTP/2 alone, or whose head has no end, looks the same."),
      Signature(
        "G17-tls", product,
        [.contains(.errorText, "malformed HTTP response"), .contains(.errorText, #""\x15\x03"#)],
        .failure(.plaintextToTlsPort)),
      Signature(
        "G17-h2", product,
        [.contains(.errorText, "malformed HTTP response"), .contains(.errorText, #""\x00\x00"#)],
        .failure(.notHttp), who: .configuration, note: "The endpoint speaks HTTP/2 where HTTP/1.1 was expected."),
      Signature(
        "G17", product, [.contains(.errorText, "malformed HTTP response")],
        .failure(.notHttp, or: [.truncatedHeaders], .likely)),
      Signature(
        "G17-status", product, [.contains(.errorText, "malformed HTTP status code")],
        .failure(.notHttp, or: [.truncatedHeaders], .likely),
        note: "A status line that ends too early looks the same."),
      Signature("G17-version", product, [.contains(.errorText, "malformed HTTP version")], .failure(.notHttp)),
      Signature(
        "G18-colon", product, [.contains(.errorText, "malformed MIME header"), .contains(.errorText, "missing colon")],
        .failure(.invalidHeader, or: [.truncatedHeaders], .likely), note: "A head that ends too early looks the same."),
      Signature("G18", product, [.contains(.errorText, "malformed MIME header")], .failure(.invalidHeader)),
      Signature(
        "G19", product, [.contains(.errorText, "server response headers exceeded")],
        .failure(.headerSectionTooLarge)),
      Signature(
        "G30-several", product, [.contains(.errorText, "multiple Content-Length headers")], .failure(.badFraming)),
      Signature(
        "G38", product, [.contains(.errorText, "too many 1xx informational responses")],
        .failure(.invalidHeader, or: [.responseHeaderTimeout, .notHttp], .likely),
        note: "The endpoint sends interim responses without end."),
      Signature("G30", product, [.contains(.errorText, "bad Content-Length")], .failure(.badFraming)),
      Signature(
        "G30-length", product, [.contains(.errorText, "invalid Content-Length")], .failure(.badFraming)),
      Signature(
        "G30-coding", product, [.contains(.errorText, "unsupported transfer encoding")], .failure(.badFraming)),
      Signature(
        "G30-codings", product, [.contains(.errorText, "too many transfer encodings")], .failure(.badFraming)),
      Signature("G31", product, [.contains(.errorText, "malformed chunked encoding")], .failure(.badChunk)),
      Signature(
        "G31-length", product, [.contains(.errorText, "invalid byte in chunk length")], .failure(.badChunk)),
      Signature(
        "G31-large", product, [.contains(.errorText, "http chunk length too large")], .failure(.badChunk)),
      Signature("G32", product, [.contains(.errorText, "tried to switch")], .failure(.upgradeFailed)),
      Signature(
        "G32-body", product, [.contains(.errorText, "switching protocols response with non-writable body")],
        .failure(.upgradeFailed)),
    ]
  }

  static func streams(_ product: LogProduct) -> [Signature] {
    [
      Signature(
        "G20-refused", product, [.contains(.errorText, "stream error:"), .contains(.errorText, "REFUSED_STREAM")],
        .failure(.h2RefusedStream)),
      Signature(
        "G20-stream", product, [.contains(.errorText, "stream error:"), .contains(.errorText, "received from peer")],
        .failure(.h2StreamReset)),
      Signature(
        "G20-field", product,
        [
          .contains(.errorText, "stream error:"),
          .containsAny(.errorText, ["pseudo", "header field", "informational", "malformed response"]),
        ], .failure(.invalidHeader, or: [.h2ProtocolViolation], .likely)),
      Signature(
        "G20-own", product, [.contains(.errorText, "stream error:")],
        .failure(.h2ProtocolViolation, or: [.h2StreamReset, .invalidHeader, .badFraming], .likely)),
      Signature(
        "G20-graceful", product, [.contains(.errorText, "graceful shutdown GOAWAY")],
        .failure(.h2GoawayUnprocessed)),
      Signature(
        "G20", product, [.contains(.errorText, "http2: server sent GOAWAY")],
        .failure(.h2GoawayUnprocessed, or: [.closedBeforeResponse, .h2StreamReset, .h2ProtocolViolation], .likely),
        note: "Whether the request had been processed is not written."),
      Signature(
        "G33", product, [.contains(.errorText, "http2: client connection lost")], .failure(.h2PingTimeout)),
      Signature("G34", product, [.contains(.errorText, "connection error:")], .failure(.h2ProtocolViolation, .likely)),
    ]
  }

  static func closing(_ product: LogProduct) -> [Signature] {
    [
      Signature(
        "G35", product, [.contains(.errorText, "server closed idle connection")], .failure(.staleKeepalive)),
      Signature(
        "G09", product, [.contains(.errorText, "write: broken pipe")],
        .failure(.writeFailed, or: [.staleKeepalive], .likely)),
      Signature(
        "G09-reset", product, [.contains(.errorText, "write: connection reset")],
        .failure(.writeFailed, or: [.staleKeepalive], .likely)),
      Signature(
        "G08", product, [.contains(.errorText, "read: connection reset by peer")],
        .failure(.resetBeforeResponse, or: [.staleKeepalive, .connectReset, .tlsClosedInHandshake], .likely),
        note: "Whether the connection had been used before is not written."),
      Signature(
        "G36", product, [.contains(.errorText, "read tcp"), .contains(.errorText, "i/o timeout")],
        .failure(
          .responseHeaderTimeout,
          or: [
            .bodyIdleTimeout, .writeTimeout, .tlsHandshakeTimeout, .h2RefusedStream, .h2ProtocolViolation,
            .h2PingTimeout,
          ], .likely),
        note: "A connection of HTTP/2 on which nothing came, whatever was waited for."),
      Signature(
        "G36-write", product, [.contains(.errorText, "write tcp"), .contains(.errorText, "i/o timeout")],
        .failure(.writeTimeout)),
      Signature(
        "G37", product, [.contains(.errorText, "context deadline exceeded")],
        .failure(.requestDeadline, or: [.responseHeaderTimeout, .connectTimeout], .likely)),
      Signature(
        "G37-client", product, [.contains(.errorText, "Client.Timeout exceeded")],
        .failure(.requestDeadline, or: [.responseHeaderTimeout], .likely)),
      Signature(
        "G21", product, [.contains(.errorText, "unexpected EOF")],
        .failure(
          .truncatedHeaders,
          or: [
            .closedBeforeResponse, .resetBeforeResponse, .truncatedBody, .tlsClosedInHandshake, .plaintextToTlsPort,
            .h2ProtocolViolation, .staleKeepalive,
          ], .likely)),
      Signature(
        "G07", product, [.is(.errorText, ["EOF"])],
        .failure(.closedBeforeResponse, or: [.staleKeepalive, .tlsClosedInHandshake], .likely),
        note: "Whether the connection had been used before is not written."),
      Signature(
        "G07-within", product, [.contains(.errorText, ": EOF")],
        .failure(.closedBeforeResponse, or: [.staleKeepalive, .tlsClosedInHandshake], .likely),
        note: "Whether the connection had been used before is not written."),
    ]
  }
}
