internal import SluiceIncidents

extension MetricFamily {
  /// Connections to endpoints.
  static let pools: [MetricFamily] = [
    MetricFamily(
      "sluice_pool_connections", .gauge, ["upstream", "endpoint", "state"],
      "Connections to endpoints: busy (in use or being made) and idle."
    ) { reading in
      each(reading.gateway.endpoints) { name, counts in
        [
          MetricSample([name.upstream, name.endpoint, "busy"], counts.busy),
          MetricSample([name.upstream, name.endpoint, "idle"], counts.idle),
        ]
      }
    },
    MetricFamily(
      "sluice_pool_opened_total", .counter, ["upstream", "endpoint"], "Connections that were made."
    ) { reading in
      each(reading.gateway.endpoints) { [MetricSample([$0.upstream, $0.endpoint], $1.opened)] }
    },
    MetricFamily(
      "sluice_pool_reused_total", .counter, ["upstream", "endpoint"],
      "Attempts on a connection that had carried others before."
    ) { reading in
      each(reading.gateway.endpoints) { [MetricSample([$0.upstream, $0.endpoint], $1.reused)] }
    },
    MetricFamily(
      "sluice_upstream_resolve_seconds", .histogram, ["upstream"],
      "Look-ups of the names of endpoints, for connections that were to be made."
    ) { reading in each(reading.gateway.upstreams) { [MetricSample([$0], $1.resolves)] } },
    MetricFamily(
      "sluice_upstream_connect_seconds", .histogram, ["upstream"], "Connects to endpoints, failed ones included."
    ) { reading in each(reading.gateway.upstreams) { [MetricSample([$0], $1.connects)] } },
    MetricFamily(
      "sluice_upstream_handshake_seconds", .histogram, ["upstream"],
      "TLS handshakes with endpoints, failed ones included."
    ) { reading in each(reading.gateway.upstreams) { [MetricSample([$0], $1.handshakes)] } },
  ]
}
