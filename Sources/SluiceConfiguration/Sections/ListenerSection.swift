internal import SluiceCore

extension Section where Target == ListenerDraft {
  static var listener: Section {
    Section(
      "listeners[]", "One address that clients connect to.", defaults: ListenerDraft(),
      keys: [
        Key(
          required: "address", \.address, .listenAddress,
          "`host:port`, `[v6]:port` or `unix:/path`. Port 0 lets the system choose one."),
        Key("timeouts", \.timeouts, .section(.listenerTimeouts), "How long a client may take."),
        Key("limits", \.limits, .section(.listenerLimits), "What a client may send."),
        Key(
          "tls", \.tls, .section(.listenerTLS), absent: "none: clients speak plain HTTP",
          "Clients speak TLS on this address. [TLS](TLS.md) says what is offered and why."),
        Key(
          "redirect", \.redirect, .httpsPort, absent: "none: requests are routed",
          "`https`, or `https:PORT`: every request is answered 308 to the same URL with https. Only what lies below "
            + "`/.well-known/acme-challenge/` is routed, so that certificates can be renewed."),
        Key(
          "proxyProtocol", \.proxyProtocol,
          .choice(["off": .off, "trusted": .trusted, "required": .required]),
          "The PROXY protocol, version 1 or 2, in front of everything else a client sends. With `required` every "
            + "connection begins with it and comes from an address of `trusted.proxies`; others are closed. With "
            + "`trusted` those addresses must send it, and all others are clients themselves."),
      ])
  }
}

extension ValueType where Value == UInt16 {
  fileprivate static var httpsPort: ValueType {
    .word(
      "`https` or `https:PORT`", "https, or https:8443 for another port than 443", pattern: "https(:[0-9]+)?",
      show: { $0 == 443 ? "https" : "https:\($0)" },
      parse: { text throws(Mistake) in
        if text == "https" { return 443 }
        guard text.hasPrefix("https:") else { throw Mistake("", suggestion: "https") }
        guard let port = UInt16(text.dropFirst(6)), port > 0 else { throw Mistake("a port is from 1 to 65535") }
        return port
      })
  }
}

extension Section where Target == ListenerTimeouts {
  static var listenerTimeouts: Section {
    Section(
      "listeners[].timeouts", "How long a client may take.", defaults: ListenerTimeouts(),
      keys: [
        Key("handshake", \.handshake, .duration(), "TLS handshake and PROXY header, from accept."),
        Key(
          "head", \.head, .duration(),
          "The request's head, from its first byte; on a new connection from accept. Then 408."),
        Key(
          "bodyIdle", \.bodyIdle, .duration(),
          "Silence while the gateway waits for bytes of a request's body. Then 408."),
        Key(
          "write", \.write, .duration(), "Silence while the gateway waits for the client to take bytes of a response."),
        Key("idle", \.idle, .duration(), "How long a connection without a request is kept."),
      ])
  }
}

extension Section where Target == ListenerLimits {
  static var listenerLimits: Section {
    Section(
      "listeners[].limits", "What a client may send.", defaults: ListenerLimits(),
      keys: [
        Key("connections", \.connections, .integer(1...10_000_000, example: 20_000), "Open connections."),
        Key("head", \.head, .size(256...(1 << 20)), "Bytes of a request's head. More is answered 431."),
        Key("requestLine", \.requestLine, .size(64...(1 << 20)), "Bytes of the request line. More is answered 414."),
        Key("field", \.field, .size(64...(1 << 20)), "Bytes of one header line. More is answered 431."),
        Key("fields", \.fields, .integer(1...4096, example: 128), "Number of headers. More is answered 431."),
        Key(
          "requestsPerConnection", \.requestsPerConnection,
          .integer(1...Int.max - 1, example: 1000, isUnlimitedAllowed: true),
          "Requests on one connection before it is closed."),
      ])
  }
}
