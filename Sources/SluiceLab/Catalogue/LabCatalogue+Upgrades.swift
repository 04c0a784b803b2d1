internal import SluiceCore

/// Row 44, and upgrades that work.
extension LabCatalogue {
  static let upgrades: [Scenario] = [
    at("/websocket", "Speaks WebSocket and sends every message back.", .passes(101), request: webSocket) { request in
      guard let key = request.field("sec-websocket-key") else {
        return Reply.text("this path wants a WebSocket\n", 426, for: request)
      }
      let head = Reply.head(
        101, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: \(WebSocketEcho.accept(key))")
      return [.send(Reply.bytes(head)), .webSocket]
    },
    at("/tunnel", "Switches to a protocol of bytes and sends every byte back.", .passes(101), request: raw) { _ in
      [.send(Reply.bytes(Reply.head(101, "Upgrade: echo", "Connection: Upgrade"))), .tunnel]
    },
    at(
      "/tunnel-with-bytes", "Switches protocols and sends bytes in the same packet as the head.", .passes(101),
      request: raw
    ) { _ in
      [.send(Reply.bytes(Reply.head(101, "Upgrade: echo", "Connection: Upgrade") + "at once\n")), .tunnel]
    },
    at("/tunnel-reset?ms=30", "Switches protocols and sends a reset.", .passes(101), request: raw) { request in
      [
        .send(Reply.bytes(Reply.head(101, "Upgrade: echo", "Connection: Upgrade"))),
        .wait(milliseconds: request.number("ms", default: 30)), .reset,
      ]
    },
    at("/tunnel-close?ms=30", "Switches protocols and sends FIN.", .passes(101), request: raw) { request in
      [
        .send(Reply.bytes(Reply.head(101, "Upgrade: echo", "Connection: Upgrade"))),
        .wait(milliseconds: request.number("ms", default: 30)), .close,
      ]
    },
    sends(
      "/upgrade-refused", "Answers 200 where an upgrade was asked for: the application's right.", .passes(), ok,
      request: raw),
    sends(
      "/upgrade-failed", "Answers 101 with another protocol than was asked for.", row: 44,
      .fails(.upgradeFailed, 502, .httpUpgradeFailed, .application, or: [.unexpectedUpgrade]),
      Reply.head(101, "Upgrade: other", "Connection: Upgrade"), request: raw, then: [.hang]),
    sends(
      "/upgrade-without-field", "Answers 101 without an Upgrade field.", row: 44,
      .fails(.upgradeFailed, 502, .httpUpgradeFailed, .application, or: [.unexpectedUpgrade]), Reply.head(101),
      request: raw, then: [.hang]),
    sends(
      "/unexpected-101", "Answers 101 where no upgrade was asked for.", row: 44,
      .fails(.unexpectedUpgrade, 502, .httpUpgradeFailed, .application, or: [.upgradeFailed]),
      Reply.head(101, "Upgrade: other", "Connection: Upgrade"), then: [.hang]),
    sends(
      "/upgrade-closed", "Sends FIN where an upgrade was asked for.", row: 26,
      .fails(.closedBeforeResponse, 502, .connectionTerminated, .application, or: [.staleKeepalive])
        .looksLike(.staleKeepalive),
      "", request: raw, then: [.close]),
  ]

  private static let raw = RequestHint.with(("Connection", "Upgrade"), ("Upgrade", "echo"))
  private static let webSocket = RequestHint.with(
    ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))
}
