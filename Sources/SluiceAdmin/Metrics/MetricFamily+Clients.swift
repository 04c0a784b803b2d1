internal import SluiceIncidents

extension MetricFamily {
  /// Clients' connections.
  static let clients: [MetricFamily] = [
    MetricFamily(
      "sluice_connections_open", .gauge, ["listener"], "Clients' connections."
    ) { reading in each(reading.gateway.listeners) { [MetricSample([MetricsLimits.label($0)], $1)] } },
    MetricFamily(
      "sluice_connections_accepted_total", .counter, [], "Clients' connections that were accepted."
    ) { [MetricSample([], $0.gateway.connectionsAccepted)] },
    MetricFamily(
      "sluice_handshakes_total", .counter, ["version"], "TLS handshakes of clients that succeeded."
    ) { reading in
      [
        MetricSample(["TLS 1.2"], reading.gateway.handshakesTLS12),
        MetricSample(["TLS 1.3"], reading.gateway.handshakesTLS13),
      ]
    },
    MetricFamily(
      "sluice_opening_failures_total", .counter, ["reason"],
      "Connections that ended before they could carry a request: in the handshake, by the PROXY header, by a limit."
    ) { reading in each(reading.gateway.openingFailures) { [MetricSample([$0], $1)] } },
    MetricFamily(
      "sluice_http2_faults_total", .counter, [], "Clients' HTTP/2 connections that ended for a rule they broke."
    ) { [MetricSample([], $0.gateway.http2Faults)] },
    MetricFamily(
      "sluice_excess_bytes_total", .counter, [],
      "Bytes that endpoints sent beyond the declared end of a response; they reach nobody."
    ) { [MetricSample([], $0.gateway.excessBytes)] },
  ]
}
