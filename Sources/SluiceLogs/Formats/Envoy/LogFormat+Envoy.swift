extension LogFormat {
  /// Envoy.
  static let envoy: [LogFormat] = [envoyText, envoyJSON, envoyEvents, envoyProcess]

  private static let envoyText = LogFormat(
    id: "envoy-text", product: .envoy, shape: .reader(EnvoyLine.read), time: .iso, isTimeOfStart: true,
    accepts: { _, _ in true }, isOrdinary: isEnvoyOrdinary, entry: EnvoyFields.entry)

  /// Keys as Istio, Envoy Gateway and most others call them.
  private static let envoyJSON = LogFormat(
    id: "envoy-json", product: .envoy,
    shape: .json([
      "start_time": .time, "response_code": .status, "response_flags": .responseFlags,
      "response_code_details": .responseDetails, "upstream_transport_failure_reason": .transportFailure,
      "connection_termination_details": .connectionErrorText, "upstream_host": .endpoint,
      "upstream_cluster": .upstream, "duration": .totalTime, "upstream_service_time": .upstreamResponseTime,
      "x-envoy-upstream-service-time": .upstreamResponseTime, "bytes_sent": .bytes, "bytes_received": .requestBytes,
      "method": .method, "path": .path, "x-envoy-origin-path": .path, "protocol": .version, "authority": .host,
      ":authority": .host, "request_id": .requestID, "x-request-id": .requestID, "user_agent": .userAgent,
      "user-agent": .userAgent, "x_forwarded_for": .client, "x-forwarded-for": .client,
      "downstream_remote_address": .reason, "route_name": .route, "upstream_request_attempt_count": .retries,
      "proxy_status": .proxyStatus, "proxy-status": .proxyStatus,
    ]), time: .iso, isTimeOfStart: true,
    accepts: { _, fields in
      guard fields.has(.status) else { return false }
      if fields.has(.responseFlags) { return true }
      return fields.has(.responseDetails) ? true : fields.has(.transportFailure)
    }, isOrdinary: isEnvoyOrdinary,
    entry: { values in
      var values = values
      if values[.client] == nil { values[.client] = values[.reason] }
      values[.reason] = nil
      return EnvoyFields.entry(values)
    })

  /// Lines of the health check's and the outlier detection's event logs.
  private static let envoyEvents = LogFormat(
    id: "envoy-events", product: .envoy,
    shape: .json([
      "timestamp": .time, "cluster_name": .upstream, "upstream_url": .endpoint, "action": .action, "type": .reason,
      "health_checker_type": .extra, "host.socket_address.address": .host,
      "host.socket_address.port_value": .errorCode, "host.pipe.path": .endpoint,
      "eject_unhealthy_event.failure_type": .level, "add_healthy_event.first_check": .message,
      "health_check_failure_event.failure_type": .logger,
    ]), time: .iso,
    accepts: { _, fields in
      guard fields.has(.upstream), fields.has(.time) else { return false }
      return fields.has(.extra) ? true : fields.has(.action)
    },
    isOrdinary: { _, _ in false },
    entry: EnvoyEvents.entry)

  /// The log of the process: `[time][thread][level][logger] [source] text`.
  private static let envoyProcess = LogFormat(
    id: "envoy-log", product: .envoy, shape: .template("[{time}][{process}][{level}][{logger}] {message}"),
    time: .iso,
    accepts: { line, fields in
      guard let byte = fields.first(.level, line), let digit = fields.first(.process, line) else { return false }
      return byte >= 0x61 && byte <= 0x7A && digit >= 0x30 && digit <= 0x39
    }, isOrdinary: { _, _ in false },
    entry: { values in
      var entry = LogEntry(.envoy, .event, reading: values)
      return entry.conclude(EnvoySignatures.process, values) == nil ? nil : entry
    })

  /// No flag, nothing told of a failure beside it, and a status below 500 at the first attempt; 0 is that of a TCP
  /// connection.
  private static func isEnvoyOrdinary(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    if fields.hasValue(.responseFlags, line) || fields.hasValue(.transportFailure, line)
      || fields.hasValue(.connectionErrorText, line)
    {
      return false
    }
    // The number of attempts: more than one means that one failed.
    if fields.hasValue(.retries, line), !fields.isText(.retries, "1", line), !fields.isText(.retries, "0", line) {
      return false
    }
    if fields.hasValue(.responseDetails, line), !fields.isText(.responseDetails, "via_upstream", line) { return false }
    return fields.isStatusBelow500(line) ? true : fields.isText(.status, "0", line)
  }
}
