internal import SluiceCore

extension SignTable {
  static let envoy: [ProductSign] = [
    .init(
      .envoy, [.connectRefused], 503,
      "UF, upstream_reset_before_response_started{remote_connection_failure,…Connection_refused}", keys: ["UF"],
      note: "UF means that no connection came about; the details say why."),
    .init(
      .envoy, [.connectTimeout], 503, "UF, upstream_reset_before_response_started{connection_timeout}", keys: ["UF"],
      note: "The time includes the TLS handshake."),
    .init(
      .envoy, [.localPortsExhausted, .localFdsOrMemory], 503, "UF, …{local_connection_failure}", keys: ["UF"]),
    .init(.envoy, [.tlsToPlaintextPort], 503, "UF, TLS_error: … WRONG_VERSION_NUMBER", keys: ["UF"]),
    .init(
      .envoy, [.tlsCertUntrusted, .tlsCertExpired, .tlsNameMismatch], 503,
      "UF, TLS_error: … CERTIFICATE_VERIFY_FAILED", keys: ["UF"]),
    .init(.envoy, [.tlsHandshakeFailed], 503, "UF, TLS_error: … Connection reset by peer", keys: ["UF"]),
    .init(
      .envoy, [.staleKeepalive, .closedBeforeResponse], 503,
      "UC, upstream_reset_before_response_started{connection_termination}", keys: ["UC"],
      note: "Envoy does not say whether the connection was a reused one."),
    .init(
      .envoy, [.h2StreamReset], 503, "UR, …{remote_reset}", keys: ["UR"]),
    .init(.envoy, [.h2RefusedStream], 503, "UR, …{remote_refused_stream_reset}", keys: ["UR"]),
    .init(.envoy, [.proxyBug], 503, "LR, …{local_reset}", keys: ["LR"], note: "Envoy itself reset the stream."),
    .init(
      .envoy, [.notHttp, .invalidHeader, .headerTooLarge, .badFraming], 502,
      "UPE, …{protocol_error,http1.…}", keys: ["UPE"], note: "The only failure that Envoy answers with 502."),
    .init(
      .envoy, [.poolQueueFull], 503, "UO, overflow; the response has x-envoy-overloaded: true", keys: ["UO"],
      note: "A circuit breaker's limit on connections, waiting requests or retries."),
    .init(.envoy, [.allUnhealthy, .poolEmpty], 503, "UH, no_healthy_upstream", keys: ["UH"]),
    .init(
      .envoy, [.poolEmpty], 503, "NC, cluster_not_found", keys: ["NC"], note: "The configuration names no such group."),
    .init(.envoy, [.routeNotFound], 404, "NR, route_not_found", keys: ["NR"]),
    .init(
      .envoy, [.responseHeaderTimeout, .requestDeadline], 504, "UT, upstream_response_timeout or response_timeout",
      keys: ["UT"]),
    .init(.envoy, [.responseHeaderTimeout], 504, "UT, upstream_per_try_timeout", keys: ["UT"]),
    .init(
      .envoy, [.requestDeadline], nil, "UMSDR, upstream_max_stream_duration_reached", keys: ["UMSDR"]),
    .init(
      .envoy, [.bodyIdleTimeout], 504, "SI, stream_idle_timeout", keys: ["SI"], note: "408 where the client was idle."),
    .init(.envoy, [.connectRefused], 503, "URX beside another flag", keys: ["URX"], note: "All retries were used up."),
    .init(.envoy, [.dnsServfail, .dnsNxdomain], 503, "DF", keys: ["DF"]),
    .init(.envoy, [.adaptiveLimitShed], 503, "OM, overload", keys: ["OM"], note: "Envoy's own overload manager."),
    .init(.envoy, [.admissionShed], 503, "DO, drop_overload", keys: ["DO"]),
    .init(.envoy, [.rateLimited], 429, "RL", keys: ["RL"], note: "RLSE means that the rate limit service failed."),
    .init(
      .envoy, [.proxyDraining], 503, "LH", keys: ["LH"], note: "Envoy's own health check fails, as while it drains."),
    .init(.envoy, [.clientAborted], nil, "DC, downstream_remote_disconnect", keys: ["DC", "DR"]),
    .init(.envoy, [.clientMalformed], 400, "DPE", keys: ["DPE", "IH"]),
    .init(
      .envoy, [.upstreamStatus], nil, "- with via_upstream", keys: ["via_upstream"],
      note: "The application itself answered with the error."),
    .init(
      .envoy, [.requestBodyTooLarge], 507, "request_payload_exceeded_retry_buffer_limit",
      note: "The body does not fit into the buffer for retries."),
  ]
}
