internal import SluiceCore

/// Slow but healthy, and interim responses.
extension LabCatalogue {
  static let slow: [Scenario] = [
    at("/slow-head?ms=2", "Sends the head byte for byte.", .passes(timing: .slow)) { request in
      [
        .awaitBody,
        .drip(Reply.bytes(Reply.head(200, "Content-Length: 3")), milliseconds: request.number("ms", default: 2)),
        .send(Reply.bytes("ok\n")),
      ]
    },
    at("/slow-body?ms=2", "Sends the body byte for byte.", .passes(timing: .slow)) { request in
      let body = Reply.bytes("a body that comes byte for byte\n")
      return [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Content-Length: \(body.count)"))),
        .drip(body, milliseconds: request.number("ms", default: 2)),
      ]
    },
    at("/slow-chunked?ms=2", "Sends chunks byte for byte.", .passes(timing: .slow)) { request in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Transfer-Encoding: chunked"))),
        .drip(Reply.bytes("3\r\nok\n\r\n5;a=b\r\nmore\n\r\n0\r\n\r\n"), milliseconds: request.number("ms", default: 2)),
      ]
    },
    at("/delay/50", "Answers after that many milliseconds.", .passes(timing: .slow), name: "delay") { request in
      FriendlyPaths.script(for: request) ?? []
    },
    sends(
      "/early-hints", "Sends 103 Early Hints before the response.", .passes(),
      Reply.head(103, "Link: </style.css>; rel=preload") + ok),
    sends("/continue-unasked", "Sends 100 Continue that nobody waits for.", .passes(), Reply.head(100) + ok),
    sends(
      "/many-interim", "Sends 20 interim responses before the response.", .passes(),
      String(repeating: Reply.head(103, "Link: </style.css>; rel=preload"), count: 20) + ok),
    at(
      "/stall-after-interim?ms=120000", "Sends 103 and says nothing more for that time.", row: 31,
      .fails(.responseHeaderTimeout, 504, .httpResponseTimeout, .application, timing: .responseHeadTimeout)
    ) { request in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(103, "Link: </style.css>; rel=preload"))),
        .wait(milliseconds: request.number("ms", default: 120_000)), .send(Reply.bytes(ok)),
      ]
    },
    at(
      "/endless-interim?ms=1", "Sends interim responses without end.", row: 31,
      .fails(
        .responseHeaderTimeout, 504, .httpResponseTimeout, .application,
        or: [.requestDeadline, .headerSectionTooLarge, .badFraming, .notHttp, .invalidHeader], timing: .endless)
    ) { request in
      [
        .awaitBody,
        .endless(
          Reply.bytes(Reply.head(103, "Link: </style.css>; rel=preload")),
          milliseconds: request.number("ms", default: 1)),
      ]
    },
    sends(
      "/close-after-interim", "Sends 103 and FIN.", row: 26,
      .fails(.truncatedHeaders, 502, .httpResponseIncomplete, .application, or: [.closedBeforeResponse]),
      Reply.head(103, "Link: </style.css>; rel=preload"), then: [.close]),
    at(
      "/endless-body?ms=1", "Sends a body without end.",
      .passes(timing: .endless)
    ) { request in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Transfer-Encoding: chunked"))),
        .endless(
          Reply.bytes("1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"),
          milliseconds: request.number("ms", default: 1)),
      ]
    },
    at(
      "/events?n=5&ms=20", "Sends that many server-sent events.", .passes(timing: .slow),
      request: .with(("Accept", "text/event-stream"))
    ) { request in
      let pause = Step.wait(milliseconds: request.number("ms", default: 20))
      let head = Reply.head(200, "Content-Type: text/event-stream", "Cache-Control: no-cache", "Connection: close")
      let events: [Step] = (0..<request.number("n", default: 5, max: 10_000)).flatMap { number -> [Step] in
        [.send(Reply.bytes("id: \(number)\ndata: event \(number)\n\n")), pause]
      }
      return [.awaitBody, .send(Reply.bytes(head))] + events + [.close]
    },
  ]

  static let ok = Reply.head(200, "Content-Length: 3") + "ok\n"
}
