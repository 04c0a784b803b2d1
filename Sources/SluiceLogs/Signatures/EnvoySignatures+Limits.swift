internal import SluiceCore
internal import SluiceDiagnosis

extension EnvoySignatures {
  static let limits: [Signature] = [
    Signature(
      "E11", .envoy, [.flag(.responseFlags, "UO")], .failure(.poolQueueFull, or: [.circuitOpen]),
      note: "A limit of the cluster's circuit breakers was reached."),
    Signature(
      "E11-text", .envoy, [.contains(.errorText, "{overflow")],
      .failure(.poolQueueFull, or: [.circuitOpen]), note: "A limit of the cluster's circuit breakers was reached."),
    Signature(
      "E51", .envoy, [.contains(.errorText, "maintenance_mode")], .failure(.circuitOpen),
      who: .configuration, note: "The cluster is in maintenance mode."),
    Signature(
      "E23", .envoy, [.contains(.errorText, "drop_overload")], .failure(.admissionShed),
      who: .configuration, note: "The control plane told Envoy to drop a share of the requests."),
    Signature(
      "E23-flag", .envoy, [.flag(.responseFlags, "DO")], .failure(.admissionShed), who: .configuration,
      note: "The control plane told Envoy to drop a share of the requests."),
    Signature("E31", .envoy, [.contains(.errorText, "reached_concurrency_limit")], .failure(.adaptiveLimitShed)),
    Signature(
      "E31-admission", .envoy, [.contains(.errorText, "denied_by_admission_control")],
      .failure(.admissionShed)),
    Signature(
      "E12", .envoy, [.flag(.responseFlags, "UH")], .failure(.allUnhealthy, or: [.poolEmpty], .likely),
      note: "Envoy writes the same for a cluster without endpoints."),
    Signature(
      "E12-text", .envoy, [.contains(.errorText, "no_healthy_upstream")],
      .failure(.allUnhealthy, or: [.poolEmpty], .likely),
      note: "Envoy writes the same for a cluster without endpoints."),
    Signature(
      "E13", .envoy, [.flag(.responseFlags, "NC")], .failure(.poolEmpty), who: .configuration,
      note: "The route names a cluster that this Envoy does not have."),
    Signature(
      "E13-text", .envoy, [.contains(.errorText, "cluster_not_found")], .failure(.poolEmpty),
      who: .configuration, note: "The route names a cluster that this Envoy does not have."),
    Signature("E14", .envoy, [.flag(.responseFlags, "NR")], .failure(.routeNotFound)),
    Signature("E14-text", .envoy, [.contains(.errorText, "route_not_found")], .failure(.routeNotFound)),
    Signature(
      "E14-table", .envoy, [.contains(.errorText, "route_configuration_not_found")],
      .failure(.routeNotFound), note: "The route configuration has not arrived."),
    Signature(
      "E21-name", .envoy, [.flag(.responseFlags, "DF"), .contains(.errorText, "not_found")],
      .failure(.dnsNxdomain, or: [.dnsNoAddress], .likely)),
    Signature(
      "E21-time", .envoy, [.flag(.responseFlags, "DF"), .contains(.errorText, "timeout")],
      .failure(.dnsTimeout)),
    Signature(
      "E21", .envoy, [.flag(.responseFlags, "DF")],
      .failure(.dnsNxdomain, or: [.dnsServfail, .dnsTimeout, .dnsNoAddress], .possible)),
    Signature(
      "E21-text", .envoy, [.contains(.errorText, "dns_resolution_failure")],
      .failure(.dnsNxdomain, or: [.dnsServfail, .dnsTimeout, .dnsNoAddress], .possible)),
    Signature(
      "E22", .envoy, [.flag(.responseFlags, "OM")], .failure(.adaptiveLimitShed, or: [.localFdsOrMemory]),
      who: .machine, note: "Envoy's overload manager refuses requests because a resource of Envoy's own runs out."),
    Signature(
      "E22-text", .envoy, [.is(.responseDetails, ["overload"])],
      .failure(.adaptiveLimitShed, or: [.localFdsOrMemory]), who: .machine,
      note: "Envoy's overload manager refuses requests because a resource of Envoy's own runs out."),
    Signature("E24", .envoy, [.flag(.responseFlags, "RL")], .failure(.rateLimited)),
    Signature(
      "E24-service", .envoy, [.flag(.responseFlags, "RLSE"), .number(.status, 500...599)],
      .failure(.upstreamStatus, .likely), who: .dependency, note: "The rate limit service failed."),
    Signature(
      "E25-error", .envoy, [.flag(.responseFlags, "UAEX"), .number(.status, 500...599)],
      .failure(.upstreamStatus, .likely), who: .dependency, note: "The external authorization service failed."),
    Signature("E25", .envoy, [.flag(.responseFlags, "UAEX")], .modifier("denied by external authorization")),
    Signature(
      "E26", .envoy, [.flag(.responseFlags, "LH")], .failure(.proxyDraining),
      note: "Envoy's own health check was told to fail, as before it is stopped."),
    Signature(
      "E52", .envoy, [.flag(.responseFlags, "FI")], .failure(.admissionShed, .likely), who: .configuration,
      note: "A fault filter made this failure on purpose."),
    Signature(
      "E52-text", .envoy, [.contains(.errorText, "fault_filter_abort")], .failure(.admissionShed, .likely),
      who: .configuration, note: "A fault filter made this failure on purpose."),
    Signature(
      "E53", .envoy, [.flag(.responseFlags, "NFCF")], .failure(.routeNotFound, .likely),
      note: "The configuration of a filter has not arrived."),
    Signature("E54", .envoy, [.contains(.errorText, "response_payload_too_large")], .failure(.bodyTooLarge)),
  ]

  static let timeouts: [Signature] = [
    Signature("E16", .envoy, [.contains(.errorText, "upstream_per_try_timeout")], .failure(.responseHeaderTimeout)),
    Signature(
      "E16-idle", .envoy, [.contains(.errorText, "upstream_per_try_idle_timeout")],
      .failure(.bodyIdleTimeout, or: [.responseHeaderTimeout], .likely)),
    Signature("E17", .envoy, [.flag(.responseFlags, "UMSDR")], .failure(.requestDeadline)),
    Signature(
      "E17-text", .envoy, [.contains(.errorText, "max_stream_duration_reached")],
      .failure(.requestDeadline)),
    Signature("E17-old", .envoy, [.contains(.errorText, "max_duration_timeout")], .failure(.requestDeadline)),
    Signature(
      "E15", .envoy, [.contains(.errorText, "response_timeout")],
      .failure(.responseHeaderTimeout, or: [.requestDeadline], .likely),
      note: "The route's timeout covers the whole response and all attempts."),
    Signature(
      "E15-flag", .envoy, [.flag(.responseFlags, "UT")],
      .failure(.responseHeaderTimeout, or: [.requestDeadline], .likely),
      note: "The route's timeout covers the whole response and all attempts."),
    Signature(
      "E18-client", .envoy, [.flag(.responseFlags, "SI"), .is(.status, ["408"])],
      .failure(.clientBodyTimeout, .likely)),
    Signature(
      "E18", .envoy, [.flag(.responseFlags, "SI")],
      .failure(.bodyIdleTimeout, or: [.responseHeaderTimeout, .clientBodyTimeout], .likely)),
    Signature(
      "E18-text", .envoy, [.contains(.errorText, "stream_idle_timeout")],
      .failure(.bodyIdleTimeout, or: [.responseHeaderTimeout, .clientBodyTimeout], .likely)),
    Signature(
      "E19", .envoy, [.flag(.responseFlags, "DT")], .failure(.requestDeadline, or: [.clientAborted], .likely),
      who: .configuration, note: "The client's connection reached the longest duration that is allowed."),
    Signature(
      "E19-text", .envoy, [.is(.responseDetails, ["duration_timeout"])],
      .failure(.requestDeadline, or: [.clientAborted], .likely), who: .configuration,
      note: "The client's connection reached the longest duration that is allowed."),
    Signature("E55", .envoy, [.contains(.errorText, "request_header_timeout")], .failure(.requestHeadTimeout)),
    Signature(
      "E55-overall", .envoy, [.contains(.errorText, "request_overall_timeout")],
      .failure(.clientBodyTimeout)),
  ]

  static let clients: [Signature] = [
    Signature("E27", .envoy, [.flag(.responseFlags, "DC")], .failure(.clientAborted)),
    Signature("E27-reset", .envoy, [.flag(.responseFlags, "DR")], .failure(.clientAborted)),
    Signature(
      "E27-text", .envoy, [.contains(.errorText, "downstream_remote_disconnect")],
      .failure(.clientAborted)),
    Signature(
      "E30", .envoy, [.contains(.errorText, "request_payload_exceeded_retry_buffer_limit")],
      .failure(.requestBodyTooLarge), who: .configuration,
      note: "The request's body is larger than Envoy keeps for another attempt."),
    Signature(
      "E30-size", .envoy, [.contains(.errorText, "request_payload_too_large")],
      .failure(.requestBodyTooLarge)),
    Signature(
      "E28-size", .envoy, [.flag(.responseFlags, "DPE"), .contains(.errorText, "too_large")],
      .failure(.requestHeadTooLarge)),
    Signature(
      "E28-count", .envoy, [.flag(.responseFlags, "DPE"), .contains(.errorText, "too_many_headers")],
      .failure(.requestHeadTooLarge)),
    Signature(
      "E28-framing", .envoy,
      [.flag(.responseFlags, "DPE"), .contains(.errorText, "content_length_and_chunked")],
      .failure(.requestFramingAmbiguous)),
    Signature("E28", .envoy, [.flag(.responseFlags, "DPE")], .failure(.clientMalformed)),
    Signature("E28-strict", .envoy, [.flag(.responseFlags, "IH")], .failure(.requestFieldInvalid)),
    Signature("E56", .envoy, [.contains(.errorText, "missing_host_header")], .failure(.requestHostInvalid)),
    Signature("E57", .envoy, [.contains(.errorText, "low_version")], .failure(.requestVersionUnsupported)),
    Signature(
      "E58", .envoy, [.contains(.errorText, "path_normalization_failed")],
      .failure(.requestTargetRefused)),
    Signature("E59", .envoy, [.contains(.errorText, "upgrade_failed")], .failure(.clientMalformed, .likely)),
  ]

  /// Where nothing but a flag or the status is written.
  static let leftovers: [Signature] = [
    Signature(
      "E60", .envoy, [.flag(.responseFlags, "UF")],
      .failure(
        .connectRefused, or: [.connectTimeout, .hostUnreachable, .tlsHandshakeFailed, .tlsCertUntrusted], .possible),
      note: "Log %UPSTREAM_TRANSPORT_FAILURE_REASON% and %RESPONSE_CODE_DETAILS%: they tell which of them it was."),
    Signature(
      "E20-only", .envoy, [.flag(.responseFlags, "URX"), .number(.status, 500...599), .missing(.endpoint)],
      .failure(.connectRefused, or: [.closedBeforeResponse, .upstreamStatus], .unknown),
      note: "All retries were used; what the attempts failed of is not written."),
    Signature(
      "E20-answer", .envoy, [.flag(.responseFlags, "URX"), .number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.closedBeforeResponse, .connectRefused], .possible),
      note: "All retries were used."),
    Signature("E20-modifier", .envoy, [.flag(.responseFlags, "URX")], .modifier("retries exhausted")),
    Signature(
      "E61", .envoy, [.missing(.responseFlags), .number(.status, 500...599), .present(.endpoint)],
      .failure(.upstreamStatus, .likely)),
    Signature(
      "E62", .envoy, [.number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.proxyBug], .unknown), who: .unknown,
      note: "A filter of Envoy's may have made this answer itself."),
  ]
}
