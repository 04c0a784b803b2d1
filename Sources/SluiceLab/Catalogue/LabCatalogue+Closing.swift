internal import SluiceCore

/// Rows 25 to 27, and the other ways in which a connection is kept or not.
extension LabCatalogue {
  static let closing: [Scenario] = [
    at(
      "/stale-close", "Answers, then closes the idle connection when the next request arrives.", row: 25, stale,
      request: .twice()
    ) { request in
      request.turn == 1 ? Reply.text("first\n", for: request) : [.close]
    },
    at(
      "/stale-reset", "Answers, then resets the idle connection when the next request arrives.", row: 25, stale,
      request: .twice()
    ) { request in
      request.turn == 1 ? Reply.text("first\n", for: request) : [.reset]
    },
    at(
      "/stale-post", "Answers, then closes when the next request, a POST, arrives: it may not be replayed.", row: 25,
      stale, request: .twice(method: "POST")
    ) { request in
      request.turn == 1 ? Reply.text("first\n", for: request) : [.close]
    },
    at(
      "/close-idle?ms=50", "Answers, then closes the idle connection after that time.", .passes(),
      request: .twice(pause: 200)
    ) { request in
      Reply.text("open for a while\n", for: request) + [.wait(milliseconds: request.number("ms", default: 50)), .close]
    },
    at(
      "/reset-idle?ms=50", "Answers, then resets the idle connection after that time.", .passes(),
      request: .twice(pause: 200)
    ) { request in
      Reply.text("open for a while\n", for: request) + [.wait(milliseconds: request.number("ms", default: 50)), .reset]
    },
    at(
      "/408-idle?ms=50", "Answers, then sends 408 on the idle connection and closes.", .passes(),
      request: .twice(pause: 200)
    ) { request in
      Reply.text("open for a while\n", for: request) + [
        .wait(milliseconds: request.number("ms", default: 50)),
        .send(Reply.bytes(Reply.head(408, "Connection: close", "Content-Length: 0"))), .close,
      ]
    },
    at(
      "/excess-idle?ms=50", "Answers, then sends bytes that nobody asked for on the idle connection.", row: 41,
      .passes(noting: [.excessBody]), request: .twice(pause: 200)
    ) { request in
      Reply.text("open for a while\n", for: request) + [
        .wait(milliseconds: request.number("ms", default: 50)), .send(Reply.bytes("more than was asked for\n")), .hang,
      ]
    },
    at(
      "/keepalive-timeout?ms=1000", "Says Keep-Alive: timeout=1 and keeps its word.", .passes(),
      request: .twice(pause: 200)
    ) { request in
      let answer: [Step] = [
        .awaitBody,
        .send(Reply.bytes(Reply.head(200, "Keep-Alive: timeout=1, max=100", "Content-Length: 6") + "brief\n")),
      ]
      // A script that waits to close answers nothing meanwhile, so the first turn leaves the connection as it is.
      return request.turn == 1
        ? answer : answer + [.wait(milliseconds: request.number("ms", default: 1000)), .close]
    },
    sends(
      "/connection-close", "Says Connection: close and closes after each response.", .passes(),
      Reply.head(200, "Connection: close", "Content-Length: 5") + "once\n", request: .twice(), then: [.close]),
    at(
      "/delayed-close?ms=100", "Says Connection: close and keeps the connection open for a while.", .passes(),
      request: .twice()
    ) { request in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Connection: close", "Content-Length: 5") + "once\n")),
        .wait(milliseconds: request.number("ms", default: 100)), .close,
      ]
    },
    at(
      "/never-close", "Says Connection: close, and leaves the closing to others.", .passes(), request: .twice()
    ) { _ in
      [.awaitBody, .send(Reply.bytes(Reply.head(200, "Connection: close", "Content-Length: 5") + "once\n")), .hang]
    },
    at(
      "/close-before-response", "Reads the request and sends FIN.", row: 26,
      .fails(.closedBeforeResponse, 502, .connectionTerminated, .application, or: [.staleKeepalive])
        .looksLike(.staleKeepalive)
    ) { _ in [.awaitBody, .close] },
    at(
      "/reset-before-response", "Reads the request and sends a reset.", row: 27,
      .fails(.resetBeforeResponse, 502, .connectionTerminated, .application, or: [.staleKeepalive])
        .looksLike(.staleKeepalive)
    ) { _ in [.awaitBody, .reset] },
    at(
      "/half-close?ms=50", "Sends the response after that time, to a peer that may have ended its side.",
      .passes(timing: .slow)
    ) { request in
      [.awaitBody, .wait(milliseconds: request.number("ms", default: 50))] + Reply.text("still here\n", for: request)
    },
  ]

  /// A gateway that replays what may be replayed shows the client nothing of it. An application that crashes just then
  /// looks the same.
  static let stale = Expectation.fails(
    .staleKeepalive, 502, .connectionTerminated, .configuration, maySucceed: true
  ).looksLike(.closedBeforeResponse, .resetBeforeResponse)
}
