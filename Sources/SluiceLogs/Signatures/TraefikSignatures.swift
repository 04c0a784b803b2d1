internal import SluiceCore
internal import SluiceDiagnosis

/// What Traefik writes of its own, and what it passes on from Go (`GoSignatures`).
///
/// Causes stand in its log at level debug only. `errorText` holds the error, wherever it stood; `message` the rest.
enum TraefikSignatures {
  /// `'502 Bad Gateway' caused by: …` and its later form: T27 is the wrapper, the rows are those of Go.
  static let errors: [Signature] =
    [
      Signature("T29", .traefik, [.contains(.message, "499 Client Closed Request")], .failure(.clientAborted)),
      Signature(
        "T28", .traefik, [.contains(.errorText, "no available server")],
        .failure(.allUnhealthy, or: [.poolEmpty], .likely)),
      Signature("T34", .traefik, [.contains(.errorText, "circuit breaker")], .failure(.circuitOpen)),
    ] + GoSignatures.rows(for: .traefik) + [
      Signature(
        "T27-504", .traefik, [.contains(.message, "504 Gateway Timeout")],
        .failure(.responseHeaderTimeout, or: [.connectTimeout, .tlsHandshakeTimeout], .possible)),
      Signature(
        "T27", .traefik, [.contains(.message, "502 Bad Gateway")],
        .failure(.closedBeforeResponse, or: [.connectRefused], .unknown)),
      Signature(
        "T27-500", .traefik, [.contains(.message, "500 Internal Server Error")],
        .failure(.notHttp, or: [.invalidHeader, .tlsCertUntrusted, .badFraming], .possible)),
    ]

  static let events: [Signature] = [
    Signature("T30", .traefik, [.starts(.message, "Health check failed")], .event(.checkFailed)),
    Signature("T30-left", .traefik, [.contains(.message, "Removing from server list")], .event(.endpointDown)),
    Signature("T30-back", .traefik, [.contains(.message, "Returning to server list")], .event(.endpointUp)),
    Signature("T30-up", .traefik, [.contains(.message, "Health check up")], .event(.endpointUp)),
    Signature("T31", .traefik, [.starts(.message, "New attempt ")], .event(.retried)),
    Signature(
      "T32", .traefik, [.starts(.message, "Error calling ")], .failure(.upstreamStatus, .likely),
      who: .dependency, note: "The service that is asked for permission failed: the client gets a 500."),
    Signature("T35", .traefik, [.starts(.message, "Traefik version ")], .event(.proxyStarted)),
    Signature("T36", .traefik, [.starts(.message, "I have to go")], .event(.proxyStopping)),
    Signature("T36-now", .traefik, [.starts(.message, "Shutting down")], .event(.proxyStopping)),
    Signature("T36-end", .traefik, [.starts(.message, "Stopping server gracefully")], .event(.proxyStopping)),
    Signature("T37", .traefik, [.starts(.message, "Configuration received")], .event(.changed)),
    Signature("T38", .traefik, [.contains(.message, "Circuit breaker tripped")], .event(.limitReached, .circuitOpen)),
  ]

  /// T33: that both statuses agree proves nothing, as Traefik writes its own answer into both.
  static let access: [Signature] = [
    Signature("T29-access", .traefik, [.is(.status, ["499"])], .failure(.clientAborted)),
    Signature(
      "T39", .traefik, [.number(.status, 500...599), .present(.upstreamStatus), .is(.extra, ["differs"])],
      .failure(.upstreamStatus, .possible), note: "A middleware changed the status that the endpoint gave."),
    Signature(
      "T40", .traefik, [.is(.status, ["503"]), .missing(.endpoint)],
      .failure(.allUnhealthy, or: [.poolEmpty, .circuitOpen], .likely)),
    Signature(
      "T40-500", .traefik, [.number(.status, 500...599), .missing(.endpoint)],
      .failure(.upstreamStatus, or: [.proxyBug], .unknown), who: .unknown,
      note: "No endpoint was asked: a middleware answered."),
    Signature(
      "T33-own-502", .traefik, [.is(.status, ["502"]), .is(.bytes, ["11"])],
      .failure(.connectRefused, or: [.closedBeforeResponse, .resetBeforeResponse, .dnsNxdomain], .possible),
      note: "The answer is as long as Traefik's own; its log at level debug has the reason."),
    Signature(
      "T33-own-504", .traefik, [.is(.status, ["504"]), .is(.bytes, ["15"])],
      .failure(.responseHeaderTimeout, or: [.connectTimeout, .tlsHandshakeTimeout], .possible),
      note: "The answer is as long as Traefik's own; its log at level debug has the reason."),
    Signature(
      "T33-own-500", .traefik, [.is(.status, ["500"]), .is(.bytes, ["21"])],
      .failure(.upstreamStatus, or: [.notHttp, .invalidHeader, .tlsCertUntrusted, .tlsNameMismatch], .unknown),
      note: "The answer is as long as Traefik's own; its log at level debug has the reason."),
    Signature(
      "T33", .traefik, [.number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.connectRefused, .closedBeforeResponse, .responseHeaderTimeout], .possible),
      note: "Traefik writes the status of its own answers as the endpoint's, too; the length speaks against its own."),
  ]
}
