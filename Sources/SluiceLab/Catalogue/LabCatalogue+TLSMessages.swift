internal import SluiceCore

/// HTTP/1.1 over TLS: what works, and what TLS alone can say of a message's end.
extension LabCatalogue {
  static let tlsMessages: [Scenario] = [
    at("/tls/ok", "Answers over TLS.", .passes(), over: .tlsHTTP1) { Reply.text("over TLS\n", for: $0) },
    at("/tls/bytes", "Sends 1 MiB over TLS.", .passes(), over: .tlsHTTP1) { FriendlyPaths.bytes(1 << 20, $0) },
    at("/tls/echo", "Sends the body of the request back over TLS.", .passes(), request: .post(1 << 20), over: .tlsHTTP1)
    { FriendlyPaths.echo($0) },
    at("/tls/any", "Has HTTP/1.1 alone where ALPN may agree on HTTP/2.", .passes(), over: .tlsAny) {
      Reply.text("HTTP/1.1\n", for: $0)
    },
    sent(
      "/tls/close-delimited", "Ends a body without a length with a close_notify.", nil, .passes(),
      Reply.head(200, "Connection: close") + "until the end\n", [.close]),
    sent(
      "/tls/cut-after-length", "Sends all that Content-Length says, and FIN without a close_notify.", nil, .passes(),
      Reply.head(200, "Content-Length: 3", "Connection: close") + "ok\n", [.cut]),
    sent(
      "/tls/truncated-close-delimited", "Ends a body without a length with a FIN and no close_notify.", 35,
      .aborts(.truncatedBody, .application), Reply.head(200, "Connection: close") + "first",
      [.wait(milliseconds: 30), .cut]),
    sent(
      "/tls/truncated-length", "Sends fewer bytes than Content-Length says, and a close_notify.", 35,
      .aborts(.truncatedBody, .application), Reply.head(200, "Content-Length: 10") + "first",
      [.wait(milliseconds: 30), .close]),
    sent(
      "/tls/truncated-chunked", "Sends a chunk, and FIN without a close_notify.", 35,
      .aborts(.truncatedBody, .application), Reply.head(200, "Transfer-Encoding: chunked") + "5\r\nfirst\r\n",
      [.wait(milliseconds: 30), .cut]),
    sent(
      "/tls/truncated-reset", "Sends fewer bytes than Content-Length says, and a reset.", 35,
      .aborts(.truncatedBody, .application), Reply.head(200, "Content-Length: 10") + "first",
      [.wait(milliseconds: 30), .reset]),
    sent(
      "/tls/close-before-response", "Reads the request and sends a close_notify and FIN.", 26,
      .fails(.closedBeforeResponse, 502, .connectionTerminated, .application, or: [.staleKeepalive])
        .looksLike(.staleKeepalive), "", [.close]),
    sent(
      "/tls/cut-before-response", "Reads the request and sends FIN without a close_notify.", 26,
      .fails(
        .closedBeforeResponse, 502, .connectionTerminated, .application, or: [.staleKeepalive, .resetBeforeResponse]
      ).looksLike(.staleKeepalive), "", [.cut]),
    sent(
      "/tls/reset-before-response", "Reads the request and sends a reset.", 27,
      .fails(.resetBeforeResponse, 502, .connectionTerminated, .application, or: [.staleKeepalive])
        .looksLike(.staleKeepalive), "", [.reset]),
    at(
      "/tls/close-idle?ms=50", "Answers, then ends the idle connection after that time with a close_notify.", .passes(),
      request: .twice(pause: 200), over: .tlsHTTP1
    ) { request in
      Reply.text("open for a while\n", for: request) + [.wait(milliseconds: request.number("ms", default: 50)), .close]
    },
    at(
      "/tls/stale-close", "Answers, then ends the idle connection when the next request arrives.", row: 25, stale,
      request: .twice(), over: .tlsHTTP1
    ) { request in
      request.turn == 1 ? Reply.text("first\n", for: request) : [.close]
    },
    at(
      "/tls/stall-head?ms=120000", "Reads the request and says nothing for that time.", row: 31,
      .fails(.responseHeaderTimeout, 504, .httpResponseTimeout, .application, timing: .responseHeadTimeout),
      over: .tlsHTTP1
    ) { request in
      [.awaitBody, .wait(milliseconds: request.number("ms", default: 120_000))] + Reply.text("late\n", for: request)
    },
  ]

  private static func sent(
    _ target: String, _ summary: String, _ row: Int?, _ expected: Expectation, _ text: String, _ last: [Step]
  ) -> Scenario {
    at(target, summary, row: row, expected, over: .tlsHTTP1) { _ in
      (text.isEmpty ? [.awaitBody] : [.awaitBody, .send(Reply.bytes(text))]) + last
    }
  }
}
