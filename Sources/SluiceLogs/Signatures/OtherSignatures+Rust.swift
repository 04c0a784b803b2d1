internal import SluiceCore
internal import SluiceDiagnosis

/// Pingora and Linkerd, which are written in Rust and share the texts of its standard library.
extension OtherSignatures {
  /// `errorText` begins with the source and the type: `Upstream ConnectRefused context: …`.
  static let pingora: [Signature] = [
    Signature(
      "X21-client", .pingora, [.starts(.errorText, "Downstream InvalidHTTPHeader")],
      .failure(.clientMalformed)),
    Signature(
      "X21-away", .pingora, [.starts(.errorText, "Downstream Read")],
      .failure(.clientAborted, or: [.clientBodyTimeout], .likely)),
    Signature("X21-gone", .pingora, [.starts(.errorText, "Downstream")], .failure(.clientAborted, .likely)),
    Signature("X21-refused", .pingora, [.contains(.errorText, " ConnectRefused")], .failure(.connectRefused)),
    Signature("X21-time", .pingora, [.contains(.errorText, " ConnectTimedout")], .failure(.connectTimeout)),
    Signature(
      "X21-route", .pingora, [.contains(.errorText, " ConnectNoRoute")],
      .failure(.hostUnreachable, or: [.netUnreachable])),
    Signature(
      "X21-handshake-time", .pingora, [.contains(.errorText, " TLSHandshakeTimedout")],
      .failure(.tlsHandshakeTimeout)),
    Signature(
      "X21-expired", .pingora, [.contains(.errorText, " TLSHandshakeFailure"), .contains(.errorText, "expired")],
      .failure(.tlsCertExpired)),
    Signature(
      "X21-name", .pingora,
      [.contains(.errorText, " TLSHandshakeFailure"), .contains(.errorText, "ostname mismatch")],
      .failure(.tlsNameMismatch)),
    Signature(
      "X21-plain", .pingora,
      [.contains(.errorText, " TLSHandshakeFailure"), .contains(.errorText, "wrong version number")],
      .failure(.tlsToPlaintextPort)),
    Signature(
      "X21-verify", .pingora,
      [.contains(.errorText, " TLSHandshakeFailure"), .contains(.errorText, "certificate verify failed")],
      .failure(.tlsCertUntrusted, or: [.tlsCertSelfSigned, .tlsCertExpired, .tlsNameMismatch], .likely)),
    Signature(
      "X21-handshake", .pingora, [.contains(.errorText, " TLSHandshakeFailure")],
      .failure(.tlsHandshakeFailed)),
    Signature(
      "X21-handshake-io", .pingora, [.contains(.errorText, " HandshakeError")],
      .failure(.tlsHandshakeFailed)),
    Signature(
      "X21-certificate", .pingora, [.contains(.errorText, " InvalidCert")],
      .failure(.tlsCertUntrusted, or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertSelfSigned], .likely)),
    Signature(
      "X21-connect", .pingora, [.contains(.errorText, " ConnectError")],
      .failure(.connectRefused, or: [.hostUnreachable, .connectReset, .unixSocketMissing], .possible)),
    Signature("X21-bind", .pingora, [.contains(.errorText, " BindError")], .failure(.localPortsExhausted, .likely)),
    Signature("X21-socket", .pingora, [.contains(.errorText, " SocketError")], .failure(.localFdsOrMemory, .likely)),
    Signature(
      "X21-read-time", .pingora, [.contains(.errorText, " ReadTimedout")],
      .failure(.responseHeaderTimeout, or: [.bodyIdleTimeout], .likely)),
    Signature("X21-write-time", .pingora, [.contains(.errorText, " WriteTimedout")], .failure(.writeTimeout)),
    Signature(
      "X21-closed", .pingora, [.contains(.errorText, " ConnectionClosed")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive, .truncatedBody], .likely)),
    Signature(
      "X21-reset", .pingora, [.contains(.errorText, " ReadError")],
      .failure(.resetBeforeResponse, or: [.staleKeepalive, .truncatedBody], .likely)),
    Signature(
      "X21-write", .pingora, [.contains(.errorText, " WriteError")],
      .failure(.writeFailed, or: [.staleKeepalive], .likely)),
    Signature(
      "X21-header", .pingora, [.contains(.errorText, " InvalidHTTPHeader")],
      .failure(.invalidHeader, or: [.notHttp], .likely)),
    Signature(
      "X21-h1", .pingora, [.contains(.errorText, " H1Error")],
      .failure(.notHttp, or: [.badFraming, .badChunk], .possible)),
    Signature(
      "X21-downgrade", .pingora, [.contains(.errorText, " H2Downgrade")],
      .failure(.h2RefusedStream, .likely), note: "The endpoint asks for HTTP/1.1 instead."),
    Signature(
      "X21-h2", .pingora, [.contains(.errorText, " H2Error")],
      .failure(.h2StreamReset, or: [.h2GoawayUnprocessed, .h2ProtocolViolation], .likely)),
    Signature("X21-h2-bytes", .pingora, [.contains(.errorText, " InvalidH2")], .failure(.h2ProtocolViolation)),
    Signature(
      "X21-status", .pingora, [.contains(.errorText, " HTTPStatus")],
      .failure(.upstreamStatus, or: [.allUnhealthy], .possible)),
    Signature("X21", .pingora, [.starts(.errorText, "Internal")], .failure(.proxyBug, .likely)),
    Signature(
      "X21-other", .pingora, [.present(.errorText)],
      .failure(.proxyBug, or: [.allUnhealthy, .poolEmpty], .unknown), who: .unknown),
  ]

  static let linkerd: [Signature] = [
    Signature("X22-refused", .linkerd, [.contains(.errorText, "Connection refused")], .failure(.connectRefused)),
    Signature("X22-refused-number", .linkerd, [.contains(.errorText, "os error 111")], .failure(.connectRefused)),
    Signature("X22-time", .linkerd, [.contains(.errorText, "connect timed out")], .failure(.connectTimeout)),
    Signature("X22-route", .linkerd, [.contains(.errorText, "No route to host")], .failure(.hostUnreachable)),
    Signature("X22-net", .linkerd, [.contains(.errorText, "Network is unreachable")], .failure(.netUnreachable)),
    Signature(
      "X22-ports", .linkerd, [.contains(.errorText, "Cannot assign requested address")],
      .failure(.localPortsExhausted)),
    Signature("X22-files", .linkerd, [.contains(.errorText, "Too many open files")], .failure(.localFdsOrMemory)),
    Signature(
      "X22-issuer", .linkerd, [.contains(.errorText, "unknown issuer")],
      .failure(.tlsCertUntrusted, or: [.tlsCertSelfSigned], .likely)),
    Signature(
      "X22-issuer-now", .linkerd, [.contains(.errorText, "UnknownIssuer")],
      .failure(.tlsCertUntrusted, or: [.tlsCertSelfSigned], .likely)),
    Signature(
      "X22-expired", .linkerd, [.contains(.errorText, "invalid peer certificate: Expired")],
      .failure(.tlsCertExpired)),
    Signature(
      "X22-identity", .linkerd, [.contains(.errorText, "identity required")], .failure(.tlsNameMismatch, .likely),
      note: "The workload's identity is not the one that was asked for."),
    Signature("X22-loop", .linkerd, [.contains(.errorText, "loop detected")], .failure(.loopDetected)),
    Signature(
      "X22", .linkerd, [.contains(.errorText, "fail-fast")],
      .failure(.allUnhealthy, or: [.connectRefused, .connectTimeout, .poolEmpty, .poolQueueTimeout], .likely),
      note: "No endpoint was ready for as long as the proxy waits for one."),
    Signature(
      "X22-fast", .linkerd, [.contains(.errorText, "failfast")],
      .failure(.allUnhealthy, or: [.connectRefused, .connectTimeout, .poolEmpty, .poolQueueTimeout], .likely),
      note: "No endpoint was ready for as long as the proxy waits for one."),
    Signature("X22-shed", .linkerd, [.contains(.errorText, "load shed")], .failure(.poolQueueFull)),
    Signature("X22-full", .linkerd, [.contains(.errorText, "max concurrency")], .failure(.poolQueueFull)),
    Signature("X22-none", .linkerd, [.contains(.errorText, "no route found")], .failure(.routeNotFound)),
    Signature(
      "X22-head-time", .linkerd, [.contains(.errorText, "HTTP response timed out")],
      .failure(.responseHeaderTimeout)),
    Signature(
      "X22-response", .linkerd, [.contains(.errorText, "response header timeout")],
      .failure(.responseHeaderTimeout)),
    Signature(
      "X22-whole", .linkerd, [.contains(.errorText, "timed out")],
      .failure(.requestDeadline, or: [.responseHeaderTimeout, .connectTimeout], .possible)),
    Signature("X22-goaway", .linkerd, [.contains(.errorText, "GO_AWAY")], .failure(.h2GoawayUnprocessed, .likely)),
    Signature(
      "X22-stream", .linkerd, [.contains(.errorText, "stream error received: refused")],
      .failure(.h2RefusedStream)),
    Signature("X22-stream-other", .linkerd, [.contains(.errorText, "stream error received")], .failure(.h2StreamReset)),
    Signature(
      "X22-early", .linkerd, [.contains(.errorText, "connection closed before message completed")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive, .truncatedHeaders], .likely)),
    Signature(
      "X22-dispatch", .linkerd, [.contains(.errorText, "dispatch task is gone")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive], .possible)),
    Signature(
      "X22-reset", .linkerd, [.contains(.errorText, "Connection reset by peer")],
      .failure(.resetBeforeResponse, or: [.staleKeepalive], .likely)),
    Signature("X22-pipe", .linkerd, [.contains(.errorText, "Broken pipe")], .failure(.writeFailed)),
    Signature(
      "X22-http", .linkerd, [.contains(.errorText, "invalid HTTP")], .failure(.notHttp, or: [.invalidHeader], .likely)),
    Signature("X22-denied", .linkerd, [.contains(.errorText, "unauthorized")], .modifier("denied by policy")),
  ]
}
