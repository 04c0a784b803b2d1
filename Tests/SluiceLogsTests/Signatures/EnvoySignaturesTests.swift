import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

/// Each row by a line in Istio's default format that shows it.
@Suite("Signatures of Envoy")
struct EnvoySignaturesTests {
  /// `flags`, `status`, details, the transport's reason; milliseconds and the endpoint are not the row's matter.
  private func line(_ status: String, _ flags: String, _ details: String, _ reason: String, endpoint: String) -> String
  {
    """
    [2026-11-26T20:00:00.123Z] "GET /v1/items?id=7 HTTP/1.1" \(status) \(flags) \(details) - "\(reason)" 0 91 120 - \
    "198.51.100.7" "curl/8.5.0" "4be1f6de-6bfc-9d67-a2c4-7f5b8a0d2f11" "shop.example.com" "\(endpoint)" \
    outbound|80||shop.default.svc.cluster.local 10.0.0.9:40112 10.0.0.9:8080 198.51.100.7:52100 - default
    """
  }

  private static let before = "upstream_reset_before_response_started"

  @Test(
    "are found in lines of the access log",
    arguments: [
      ("E01", "503", "UF", "\(before){remote_connection_failure,delayed_connect_error:_Connection_refused}", "-"),
      ("E01-111", "503", "UF,URX", "\(before){connection_failure}", "delayed connect error: 111"),
      ("E02", "503", "UF", "\(before){connection_timeout}", "-"),
      ("E03", "503", "UF", "\(before){local_connection_failure}", "-"),
      (
        "E04", "503", "UF",
        "\(before){connection failure,TLS error: 268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER}",
        "TLS error: 268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER"
      ),
      (
        "E05", "503", "UF", "\(before){remote_connection_failure}",
        "TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end"
      ),
      (
        "E06", "503", "UF", "\(before){remote_connection_failure}",
        "TLS_error:|33554536:system library:OPENSSL_internal:Connection reset by peer:TLS_error_end"
      ),
      ("E07", "503", "UC", "\(before){connection_termination}", "-"),
      ("E07-flag", "503", "UC", "-", "-"),
      ("E08", "503", "UR", "\(before){remote_reset}", "-"),
      ("E08-refused", "503", "UR", "\(before){remote_refused_stream_reset}", "-"),
      ("E08-flag", "503", "UR", "-", "-"),
      ("E09", "503", "LR", "\(before){local_reset}", "-"),
      ("E09-flag", "503", "LR", "-", "-"),
      ("E10", "502", "UPE", "\(before){protocol_error}", "-"),
      ("E10-flag", "502", "UPE", "-", "-"),
      ("E10-size", "502", "UPE", "\(before){protocol_error,http1.headers_too_large}", "-"),
      ("E10-count", "502", "UPE", "\(before){protocol_error,http2.too_many_headers}", "-"),
      ("E10-characters", "502", "UPE", "\(before){protocol_error,http1.invalid_characters}", "-"),
      ("E10-field", "502", "UPE", "\(before){protocol_error,http2.invalid.header.field}", "-"),
      ("E10-length", "502", "UPE", "\(before){protocol_error,http1.content_length_not_allowed}", "-"),
      ("E10-coding", "502", "UPE", "\(before){protocol_error,http1.invalid_transfer_encoding}", "-"),
      ("E10-h2", "502", "UPE", "\(before){protocol_error,http2.violation.of.messaging.rule}", "-"),
      ("E11", "503", "UO", "\(before){overflow}", "-"), ("E11-text", "503", "-", "\(before){overflow}", "-"),
      ("E12", "503", "UH", "no_healthy_upstream", "-"), ("E12-text", "503", "-", "no_healthy_upstream", "-"),
      ("E13", "503", "NC", "cluster_not_found", "-"), ("E13-text", "503", "-", "cluster_not_found", "-"),
      ("E14", "404", "NR", "route_not_found", "-"), ("E14-text", "503", "-", "route_not_found", "-"),
      ("E14-table", "503", "-", "route_configuration_not_found", "-"),
      ("E15", "504", "UT", "upstream_response_timeout", "-"), ("E15-flag", "504", "UT", "-", "-"),
      ("E16", "504", "UT", "upstream_per_try_timeout", "-"),
      ("E16-idle", "504", "UT", "upstream_per_try_idle_timeout", "-"),
      ("E17", "504", "UMSDR", "upstream_max_stream_duration_reached", "-"),
      ("E17-text", "504", "-", "upstream_max_stream_duration_reached", "-"),
      ("E17-old", "504", "-", "max_duration_timeout", "-"), ("E18", "504", "SI", "stream_idle_timeout", "-"),
      ("E18-client", "408", "SI", "stream_idle_timeout", "-"), ("E18-text", "504", "-", "stream_idle_timeout", "-"),
      ("E19", "0", "DT", "duration_timeout", "-"), ("E19-text", "504", "-", "duration_timeout", "-"),
      ("E20-only", "503", "URX", "-", "-"), ("E21", "503", "DF", "dns_resolution_failure", "-"),
      ("E21-text", "503", "-", "dns_resolution_failure", "-"),
      ("E21-name", "503", "DF", "dns_resolution_failure{cares_norecovery:Domain_name_not_found}", "-"),
      ("E21-time", "503", "DF", "dns_resolution_failure{cares_timeout}", "-"), ("E22", "503", "OM", "overload", "-"),
      ("E22-text", "503", "-", "overload", "-"), ("E23", "503", "DO", "drop_overload", "-"),
      ("E23-flag", "503", "DO", "-", "-"), ("E24", "429", "RL", "request_rate_limited", "-"),
      ("E24-service", "500", "RLSE", "rate_limiter_error", "-"), ("E25-error", "503", "UAEX", "ext_authz_error", "-"),
      ("E26", "503", "LH", "-", "-"), ("E27", "0", "DC", "downstream_remote_disconnect", "-"),
      ("E27-reset", "0", "DR", "http2.remote_reset", "-"),
      ("E27-text", "503", "-", "downstream_remote_disconnect", "-"),
      ("E28", "400", "DPE", "http1.codec_error", "-"), ("E28-size", "431", "DPE", "http1.headers_too_large", "-"),
      ("E28-count", "431", "DPE", "http1.too_many_headers", "-"),
      ("E28-framing", "400", "DPE", "http1.content_length_and_chunked_not_allowed", "-"),
      ("E28-strict", "400", "IH", "request_headers_failed_strict_check", "-"), ("E29", "503", "-", "via_upstream", "-"),
      ("E30", "507", "-", "request_payload_exceeded_retry_buffer_limit", "-"),
      ("E30-size", "413", "DPE", "request_payload_too_large", "-"),
      ("E31", "503", "-", "reached_concurrency_limit", "-"),
      ("E31-admission", "503", "-", "denied_by_admission_control", "-"),
      ("E32", "503", "UF", "\(before){remote_connection_failure|delayed_connect_error:_No_route_to_host}", "-"),
      ("E32-113", "503", "UF", "\(before){connection_failure}", "delayed connect error: 113"),
      ("E33", "503", "UF", "\(before){remote_connection_failure|immediate_connect_error:_Network_is_unreachable}", "-"),
      ("E33-101", "503", "UF", "\(before){connection_failure}", "immediate connect error: 101"),
      ("E34", "503", "UF", "\(before){remote_connection_failure|delayed_connect_error:_Connection_timed_out}", "-"),
      ("E34-110", "503", "UF", "\(before){connection_failure}", "delayed connect error: 110"),
      (
        "E35", "503", "UF",
        "\(before){remote_connection_failure|immediate_connect_error:_Cannot_assign_requested_address}", "-"
      ),
      ("E35-99", "503", "UF", "\(before){connection_failure}", "immediate connect error: 99"),
      ("E36", "503", "UF", "\(before){remote_connection_failure|immediate_connect_error:_Too_many_open_files}", "-"),
      (
        "E37", "503", "UF", "\(before){remote_connection_failure|immediate_connect_error:_No_such_file_or_directory}",
        "-"
      ),
      ("E38", "503", "UF", "\(before){connection_failure}", "delayed connect error: 104"),
      (
        "E38-text", "503", "UF", "\(before){remote_connection_failure|delayed_connect_error:_Connection_reset_by_peer}",
        "-"
      ),
      (
        "E39", "503", "UF", "-",
        "TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify SAN matcher:TLS_error_end"
      ),
      ("E39-name", "503", "UF", "-", "TLS_error: CERTIFICATE_VERIFY_FAILED: hostname mismatch"),
      ("E40", "503", "UF", "-", "TLS_error: CERTIFICATE_VERIFY_FAILED: certificate has expired"),
      ("E41", "503", "UF", "-", "TLS_error: CERTIFICATE_VERIFY_FAILED: certificate is not yet valid"),
      ("E42", "503", "UF", "-", "TLS_error: CERTIFICATE_VERIFY_FAILED: self signed certificate"),
      ("E42-self", "503", "UF", "-", "TLS_error: CERTIFICATE_VERIFY_FAILED: self-signed certificate"),
      ("E43", "503", "UF", "-", "TLS_error: CERTIFICATE_VERIFY_FAILED: unable to get local issuer certificate"),
      ("E44", "503", "UF", "-", "TLS_error:|268436572:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED"),
      ("E44-bad", "503", "UF", "-", "TLS_error:|268436498:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE"),
      ("E44-ca", "503", "UF", "-", "TLS_error:|268436504:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA"),
      ("E45", "503", "UF", "-", "TLS_error:|268436526:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION"),
      ("E45-own", "503", "UF", "-", "TLS_error:|268435696:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL"),
      ("E46", "503", "UF", "-", "TLS_error:|268436496:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE"),
      ("E47", "503", "UF", "-", "TLS_error:|268436568:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNRECOGNIZED_NAME"),
      ("E48", "503", "UF", "-", "TLS_error:|268436536:SSL routines:OPENSSL_internal:TLSV1_ALERT_INTERNAL_ERROR"),
      ("E49", "503", "UF", "-", "TLS_error:|268435610:SSL routines:OPENSSL_internal:DECODE_ERROR"),
      ("E50", "200", "UC", "upstream_reset_after_response_started{connection_termination}", "-"),
      ("E50-reset", "200", "UR", "upstream_reset_after_response_started{remote_reset}", "-"),
      ("E50-protocol", "200", "UPE", "upstream_reset_after_response_started{protocol_error}", "-"),
      ("E51", "503", "-", "maintenance_mode", "-"), ("E52", "503", "FI", "fault_filter_abort", "-"),
      ("E52-text", "503", "-", "fault_filter_abort", "-"), ("E53", "500", "NFCF", "-", "-"),
      ("E54", "500", "-", "response_payload_too_large", "-"), ("E55", "504", "-", "request_header_timeout", "-"),
      ("E55-overall", "504", "-", "request_overall_timeout", "-"), ("E56", "504", "-", "missing_host_header", "-"),
      ("E57", "505", "-", "low_version", "-"), ("E58", "500", "-", "path_normalization_failed", "-"),
      ("E59", "503", "-", "upgrade_failed", "-"), ("E60", "503", "UF", "-", "-"), ("E62", "500", "-", "lua_error", "-"),
    ])
  func areFound(signature: String, status: String, flags: String, details: String, reason: String) throws {
    let text = line(status, flags, details, reason, endpoint: "-")
    let recognised = try #require(LogFormatTable.standard.recognise(text))
    #expect(recognised.format == "envoy-text")
    #expect(!recognised.isOrdinary)
    #expect(recognised.entry?.conclusion?.signature == signature)
    let row = try #require(EnvoySignatures.rows.first { $0.id == signature })
    #expect(recognised.entry?.conclusion?.who == row.conclusion?.who)
  }

  @Test(
    "tell whether an endpoint answered",
    arguments: [("E20-answer", "503", "URX"), ("E61", "502", "-")])
  func endpoints(signature: String, status: String, flags: String) throws {
    let entry = try #require(
      LogFormatTable.standard.entry(ofLine: line(status, flags, "-", "-", endpoint: "10.0.0.1:80")))
    #expect(entry.conclusion?.signature == signature)
    #expect(entry.endpoint == "10.0.0.1:80")
  }

  @Test("are no failures where they only say how it went on", arguments: [("403", "UAEX"), ("200", "URX")])
  func modifiers(status: String, flags: String) throws {
    let entry = try #require(LogFormatTable.standard.entry(ofLine: line(status, flags, "-", "-", endpoint: "-")))
    #expect(entry.conclusion == nil)
  }

  @Test(
    "of causes that the text names are certain",
    arguments: [
      ("E01", Cause.connectRefused), ("E04", .tlsToPlaintextPort), ("E08-refused", .h2RefusedStream),
      ("E14", .routeNotFound), ("E16", .responseHeaderTimeout), ("E27", .clientAborted), ("E29", .upstreamStatus),
      ("E40", .tlsCertExpired), ("E50", .truncatedBody),
    ])
  func certain(id: String, cause: Cause) throws {
    let conclusion = try #require(EnvoySignatures.rows.first { $0.id == id }?.conclusion)
    #expect(conclusion.cause == cause)
    #expect(conclusion.sure == .certain)
  }

  @Test(
    "of events are found",
    arguments: [
      (
        """
        {"type":"CONSECUTIVE_5XX","cluster_name":"shop","upstream_url":"10.0.0.1:80","action":"EJECT",\
        "num_ejections":1,"enforced":true,"timestamp":"2026-11-26T20:00:00.000Z"}
        """, LogEvent.Kind.endpointDown, Cause?.some(.upstreamStatus)
      ),
      (
        """
        {"type":"CONSECUTIVE_GATEWAY_FAILURE","cluster_name":"shop","upstream_url":"10.0.0.1:80","action":"EJECT",\
        "timestamp":"2026-11-26T20:00:00.000Z"}
        """, .endpointDown, .upstreamStatus
      ),
      (
        """
        {"type":"CONSECUTIVE_LOCAL_ORIGIN_FAILURE","cluster_name":"shop","upstream_url":"10.0.0.1:80","action":"EJECT",\
        "timestamp":"2026-11-26T20:00:00.000Z"}
        """, .endpointDown, .connectRefused
      ),
      (
        """
        {"type":"SUCCESS_RATE","cluster_name":"shop","upstream_url":"10.0.0.1:80","action":"EJECT",\
        "timestamp":"2026-11-26T20:00:00.000Z"}
        """, .endpointDown, nil
      ),
      (
        """
        {"type":"CONSECUTIVE_5XX","cluster_name":"shop","upstream_url":"10.0.0.1:80","action":"UNEJECT",\
        "timestamp":"2026-11-26T20:00:00.000Z"}
        """, .endpointUp, nil
      ),
      (
        """
        {"health_checker_type":"HTTP","host":{"socket_address":\
        {"protocol":"TCP","address":"10.0.0.1","port_value":80}},\
        "cluster_name":"shop","eject_unhealthy_event":{"failure_type":"ACTIVE"},"timestamp":"2026-11-26T20:00:00.000Z"}
        """, .endpointDown, nil
      ),
      (
        """
        {"health_checker_type":"HTTP","host":{"socket_address":\
        {"protocol":"TCP","address":"10.0.0.1","port_value":80}},\
        "cluster_name":"shop","health_check_failure_event":{"failure_type":"NETWORK","first_check":false},\
        "timestamp":"2026-11-26T20:00:00.000Z"}
        """, .checkFailed, nil
      ),
      (
        """
        {"health_checker_type":"HTTP","host":{"socket_address":\
        {"protocol":"TCP","address":"10.0.0.1","port_value":80}},\
        "cluster_name":"shop","add_healthy_event":{"first_check":false},"timestamp":"2026-11-26T20:00:00.000Z"}
        """, .endpointUp, nil
      ),
    ] as [(String, LogEvent.Kind, Cause?)])
  func events(text: String, kind: LogEvent.Kind, cause: Cause?) throws {
    let entry = try #require(LogFormatTable.standard.entry(ofLine: text))
    #expect(entry.kind == .event)
    #expect(entry.event?.kind == kind)
    #expect(entry.event?.cause == cause)
    #expect(entry.event?.endpoint == "10.0.0.1:80")
    #expect(entry.event?.upstream == "shop")
    #expect(entry.time == 1_795_723_200_000)
  }

  @Test(
    "of the process are found",
    arguments: [
      ("starting main dispatch loop", LogEvent.Kind.proxyStarted), ("caught ENVOY_SIGTERM", .proxyStopping),
      ("caught SIGINT", .proxyStopping), ("shutting down server instance", .proxyStopping),
      ("Caught Segmentation fault, suspect faulting address 0x0", .proxyCrashed), ("Caught Aborted", .proxyCrashed),
      ("assert failure: false.", .proxyCrashed),
      ("overload action 'envoy.overload_actions.stop_accepting_requests' became active", .limitReached),
      ("connection exceeded the maximum number of connections", .limitReached),
      ("lds: add/update listener 'ingress'", .proxyReloaded), ("cds: add 3 cluster(s), remove 1 cluster(s)", .changed),
    ])
  func process(text: String, kind: LogEvent.Kind) throws {
    let entry = try #require(
      LogFormatTable.standard.entry(
        ofLine: "[2026-11-26 20:00:00.123][1][info][main] [source/server/server.cc:860] \(text)"))
    #expect(entry.event?.kind == kind)
  }

  @Test("have identifiers of their own")
  func identifiers() {
    let rows = EnvoySignatures.rows + EnvoySignatures.events + EnvoySignatures.process
    #expect(Set(rows.map(\.id)).count == rows.count)
  }
}
