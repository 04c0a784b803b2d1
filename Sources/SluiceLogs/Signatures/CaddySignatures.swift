internal import SluiceCore
internal import SluiceDiagnosis

/// What Caddy writes of its own, and what it passes on from Go (`GoSignatures`).
///
/// `errorText` holds the text of the error, wherever it stood; `message` what Caddy says of it; `extra` a field that
/// only an answer of the endpoint has.
enum CaddySignatures {
  /// Lines of the error log.
  static let errors: [Signature] =
    [
      Signature(
        "C22", .caddy, [.contains(.errorText, "no upstreams available")],
        .failure(.allUnhealthy, or: [.poolEmpty, .poolQueueFull], .likely),
        note: "Every endpoint is marked down or has as many requests as it may; dynamic endpoints may be none."),
      Signature(
        "C25-none", .caddy, [.contains(.errorText, "no upstreams")],
        .failure(.poolEmpty, or: [.allUnhealthy], .likely)),
    ] + GoSignatures.rows(for: .caddy)

  /// The response had begun.
  static let aborts: [Signature] = [
    Signature("C23-client", .caddy, [.contains(.errorText, "context canceled")], .failure(.clientAborted)),
    Signature("C23-write", .caddy, [.starts(.errorText, "writing:")], .failure(.clientAborted, .likely)),
    Signature("C23-h2", .caddy, [.contains(.errorText, "client disconnected")], .failure(.clientAborted)),
    Signature("C23-closed", .caddy, [.contains(.errorText, "http2: stream closed")], .failure(.clientAborted)),
    Signature("C23-pipe", .caddy, [.contains(.errorText, "write: broken pipe")], .failure(.clientAborted, .likely)),
    Signature(
      "C23-sent", .caddy, [.contains(.errorText, "write: connection reset")],
      .failure(.clientAborted, .likely)),
    Signature("C23-reset", .caddy, [.contains(.errorText, "stream error:")], .failure(.h2StreamReset)),
    Signature("C23-idle", .caddy, [.contains(.errorText, "i/o timeout")], .failure(.bodyIdleTimeout, .likely)),
    Signature(
      "C23-chunk", .caddy, [.contains(.errorText, "chunk")], .failure(.badChunk, or: [.truncatedBody], .likely)),
    Signature(
      "C23-h2-rules", .caddy, [.contains(.errorText, "connection error:")],
      .failure(.h2ProtocolViolation, or: [.truncatedBody, .h2StreamReset], .likely)),
    Signature("C23", .caddy, [], .failure(.truncatedBody, or: [.badChunk, .h2StreamReset, .badFraming], .likely)),
  ]

  /// Lines of the access log.
  static let access: [Signature] = [
    Signature("C26", .caddy, [.is(.status, ["499"])], .failure(.clientAborted)),
    Signature(
      "C26-old", .caddy, [.is(.status, ["0"]), .missing(.reason)],
      .failure(.clientAborted, or: [.upgradeFailed, .unexpectedUpgrade, .proxyBug], .possible),
      note: "Caddy before 2.11 writes status 0 where the client went away."),
    Signature(
      "C27", .caddy, [.number(.status, 500...599), .present(.extra)], .failure(.upstreamStatus, .likely),
      note: "The answer carries fields that only the endpoint can have set."),
    Signature("C28-503", .caddy, [.is(.status, ["503"])], .failure(.allUnhealthy, or: [.poolEmpty], .possible)),
    Signature(
      "C28-504", .caddy, [.is(.status, ["504"])],
      .failure(.responseHeaderTimeout, or: [.connectTimeout, .tlsHandshakeTimeout], .possible)),
    Signature(
      "C28-502", .caddy, [.is(.status, ["502"])],
      .failure(.connectRefused, or: [.closedBeforeResponse, .connectTimeout, .dnsNxdomain], .unknown),
      note: "The reason stands in the error log, beside the same time and path."),
    Signature(
      "C28", .caddy, [.number(.status, 500...599)], .failure(.upstreamStatus, or: [.proxyBug], .unknown),
      who: .unknown),
  ]

  /// Health checks, dynamic endpoints and the process itself.
  static let events: [Signature] = [
    Signature(
      "C24", .caddy, [.contains(.logger, "health_checker"), .starts(.message, "HTTP request failed")],
      .event(.checkFailed)),
    Signature(
      "C24-status", .caddy, [.contains(.logger, "health_checker"), .contains(.message, "unexpected status")],
      .event(.checkFailed, .upstreamStatus)),
    Signature(
      "C24-range", .caddy, [.contains(.logger, "health_checker"), .contains(.message, "out of tolerances")],
      .event(.checkFailed, .upstreamStatus)),
    Signature(
      "C24-body", .caddy, [.contains(.logger, "health_checker"), .contains(.message, "body failed")],
      .event(.checkFailed)),
    Signature(
      "C24-up", .caddy, [.contains(.logger, "health_checker"), .contains(.message, "host is up")],
      .event(.endpointUp)),
    Signature(
      "C24-down", .caddy, [.contains(.logger, "health_checker"), .contains(.message, "host is down")],
      .event(.endpointDown)),
    Signature(
      "C25", .caddy, [.contains(.message, "failed getting dynamic upstreams")],
      .event(.changed, .dnsServfail), note: "The names of dynamic endpoints could not be asked for."),
    Signature("C29", .caddy, [.is(.message, ["serving initial configuration"])], .event(.proxyStarted)),
    Signature("C30", .caddy, [.starts(.message, "shutting down apps")], .event(.proxyStopping)),
    Signature("C30-end", .caddy, [.is(.message, ["shutdown complete"])], .event(.proxyStopping)),
    Signature("C31", .caddy, [.is(.message, ["load complete"])], .event(.proxyReloaded)),
    Signature(
      "C32", .caddy, [.contains(.errorText, "too many open files")],
      .event(.limitReached, .localFdsOrMemory)),
  ]
}
