internal import SluiceCore

extension Section where Target == UpstreamDraft {
  static var upstream: Section {
    Section(
      "upstreams.NAME", "A named group of endpoints that serve the same thing.", defaults: UpstreamDraft(),
      keys: [
        Key(
          required: "endpoints", \.endpoints,
          .list(
            of: .section(.endpoint, short: .endpointShort), limit: ConfigurationBounds.endpoints,
            isEmptyAllowed: false),
          "Where to connect to: each a URL, or a mapping of `url` and `weight`."),
        Key(
          "balance", \.balance, .balance,
          "How an endpoint is chosen. `leastRequest` takes the less busy of two chosen at random, `peakEWMA` the one "
            + "with less latency and load, `consistentHash` always the same for the same `hashOn`."),
        Key(
          "hashOn", \.hashOn, .hashKey, absent: "clientAddress",
          "With `balance: consistentHash`: `clientAddress`, `path`, `header:NAME` or `cookie:NAME`."),
        Key(
          "sticky", \.sticky, .section(.sticky), absent: "off",
          "Keeps a client at the endpoint that it was first given; `balance` chooses that one."),
        Key("timeouts", \.timeouts, .section(.upstreamTimeouts), "How long the upstream may take."),
        Key("retry", \.retry, .section(.upstreamRetry), "When a failed attempt is followed by another."),
        Key("limits", \.limits, .section(.upstreamLimits), "What is used of the upstream, and what it may send."),
        Key(
          "adaptive", \.adaptive, .section(.adaptive, short: .adaptiveShort), absent: "off",
          "Lets the limit on requests follow how long answers take."),
        Key(
          "log", \.log, .logSource, absent: "none",
          "The application's own log, read by the diagnosis: a file (a relative name starts from the folder of this "
            + "configuration), or `journal:UNIT`."),
        Key(
          "health", \.health, .section(.health), absent: "no checks; requests alone show how an endpoint does",
          "Active checks of the endpoints."),
        Key(
          "ejection", \.ejection, .section(.ejection, short: .ejectionShort), default: "on",
          "When an endpoint is left out because its requests fail."),
        Key(
          "panic", \.usesPanic, .onOff,
          "Use all endpoints where none is left, since one may work after all. With `off` the answer is then 503."),
        Key(
          "slowStart", \.slowStart, .duration(.zero ... .seconds(3600)),
          "How long the share of an endpoint that comes back grows."),
        Key(
          "protocol", \.protocolChoice, .choice(["auto": .auto, "http1": .http1, "http2": .http2]),
          "What is spoken to the endpoints. `auto` agrees on HTTP/2 or HTTP/1.1 with `https` endpoints and is HTTP/1.1 "
            + "with `http`; `http2` is HTTP/2 with both."),
        Key(
          "tls", \.tls, .section(.upstreamTLS), "How `https` endpoints are spoken to, and which of them are believed."),
        Key(
          "proxyProtocol", \.proxyProtocol, .choice(["v1": .v1, "v2": .v2]), absent: "off",
          "Sends a PROXY header with the client's address at the beginning of each connection, before TLS. A connection "
            + "then serves one client."),
      ])
  }
}

extension Section where Target == EndpointDraft {
  static var endpoint: Section {
    Section(
      "upstreams.NAME.endpoints[]", "One address. The short form is its `url`.", defaults: EndpointDraft(),
      keys: [
        Key(
          required: "url", \.url, .endpointURL,
          "`http://host:port` (default port 80), `https://host:port` (default port 443) or `unix:/path`, without path and "
            + "query."),
        Key(
          "weight", \.weight, .integer(0...1000, example: 2),
          "Share of the requests relative to the other endpoints. With 0 it gets no new clients, only those that `sticky` "
            + "keeps there."),
        Key(
          "backup", \.backup, .boolean,
          "Used only where no other endpoint can be had. The same as `priority: 1`."),
        Key(
          "priority", \.priority, .integer(0...15, example: 1),
          "Endpoints of a greater number are used only where none of a smaller one can be had."),
        Key(
          "drain", \.drain, .boolean,
          "Give it no new requests, not even those that `sticky` keeps there; those under way end."),
      ])
  }
}

extension Section where Target == StickyDraft {
  static var sticky: Section {
    Section(
      "upstreams.NAME.sticky", "Stickiness by a cookie that the gateway sets.", defaults: StickyDraft(),
      keys: [Key(required: "cookie", \.cookie, .cookieName, "The cookie's name.")])
  }
}

extension Section where Target == UpstreamTimeouts {
  static var upstreamTimeouts: Section {
    Section(
      "upstreams.NAME.timeouts", "How long an upstream may take.", defaults: UpstreamTimeouts(),
      keys: [
        Key("connect", \.connect, .duration(), "One address's connect."),
        Key("tls", \.tls, .duration(), "TLS handshake."),
        Key(
          "responseHead", \.responseHead, .duration(),
          "From the last byte of the request to the head of the response, for one attempt."),
        Key(
          "request", \.request, .duration(),
          "From the whole request having arrived to the head of the response, all attempts included. It never cuts a "
            + "body."),
        Key(
          "bodyIdle", \.bodyIdle, .duration(),
          "Silence while the gateway waits for bytes of the response's body, or for the upstream to take the request's."
        ),
        Key("streamIdle", \.streamIdle, .duration(.stream), "Silence in tunnels, gRPC and `text/event-stream`."),
        Key(
          "poolIdle", \.poolIdle, .duration(),
          "How long an unused connection is kept. It should be less than the upstream's own keep-alive time, which is "
            + "5s in Node.js and 2s in some others."),
        Key("queue", \.queue, .duration(), "How long a request may wait where `limits` are reached. Then 503."),
      ])
  }
}

extension Section where Target == RetryPolicy {
  static var upstreamRetry: Section { retry("upstreams.NAME.retry", "When a failed attempt is followed by another.") }
  static var routeRetry: Section {
    retry("routes[].retry", "What differs from the upstream's `retry`.", isInherited: true)
  }

  private static func retry(_ path: String, _ doc: String, isInherited: Bool = false) -> Section {
    let text = isInherited ? "the upstream's" : nil
    return Section(
      path, doc, defaults: RetryPolicy(),
      keys: [
        Key(
          "attempts", \.attempts, .integer(1...10, example: 3), default: text, "Attempts in all, the first included."),
        Key(
          "budget", \.budget, .percentage, default: text,
          "Share of the upstream's requests that may be sent again although they may have been processed. Ten each "
            + "second are allowed beyond it, unless it is 0%."),
        Key(
          "bodyLimit", \.bodyLimit, .size(0...(64 << 20)), default: text,
          "Bytes of a request's body that are kept for a replay."),
        Key(
          "idempotencyKeys", \.idempotencyKeys, .boolean, default: text,
          "Send a request with an `Idempotency-Key` again as if its method were idempotent: the upstream must answer a "
            + "key that it knows without doing the work twice."),
      ])
  }
}

extension Section where Target == UpstreamLimits {
  static var upstreamLimits: Section {
    Section(
      "upstreams.NAME.limits", "Bounds for the whole process.", defaults: UpstreamLimits(),
      keys: [
        Key("connections", \.connections, .integer(1...1_000_000, example: 1024), "Connections, idle ones included."),
        Key("requests", \.requests, .integer(1...1_000_000, example: 1024), "Requests in progress."),
        Key(
          "queue", \.queue, .integer(0...1_000_000, example: 1024), "Requests that wait. More are answered 503 at once."
        ),
        Key("responseHead", \.responseHead, .size(256...(1 << 20)), "Bytes of a response's head. More is a 502."),
        Key("responseBody", \.responseBody, .sizeOrUnlimited, "Bytes of a response's body."),
      ])
  }
}
