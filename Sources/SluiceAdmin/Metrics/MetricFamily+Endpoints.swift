internal import SluiceIncidents

extension MetricFamily {
  /// How endpoints stand.
  static let endpoints: [MetricFamily] = [
    MetricFamily(
      "sluice_endpoint_state", .gauge, ["upstream", "endpoint", "state"],
      "1 for the state that the endpoint is in: healthy, returning (its share grows), ejected, unhealthy or draining."
    ) { reading in
      each(reading.gateway.standings) { name, endpoint in
        states.map { MetricSample([name.upstream, name.endpoint, $0], $0 == endpoint.standing) }
      }
    },
    MetricFamily(
      "sluice_ejections_total", .counter, ["upstream", "endpoint", "reason"],
      "How often the endpoint was left out: by a cause, its success_rate, a probe_failed, or checks_failed."
    ) { reading in
      each(reading.gateway.standings) { name, endpoint in
        each(endpoint.ejections) { [MetricSample([name.upstream, name.endpoint, $0], $1)] }
      }
    },
    MetricFamily(
      "sluice_health_checks_total", .counter, ["upstream", "endpoint", "outcome"],
      "Active checks that ended: passed, failed, or inconclusive for a reason of the gateway's."
    ) { reading in
      each(reading.gateway.standings) { name, endpoint in
        [
          ("passed", endpoint.checksPassed), ("failed", endpoint.checksFailed),
          ("inconclusive", endpoint.checksInconclusive),
        ].map { MetricSample([name.upstream, name.endpoint, $0.0], $0.1) }
      }
    },
    MetricFamily(
      "sluice_upstream_panic", .gauge, ["upstream"],
      "1 while no endpoint of the upstream is available and all of them are used all the same."
    ) { reading in reading.gateway.loads.map { MetricSample([$0.upstream], $0.isPanicking) } },
  ]

  private static let states = ["healthy", "returning", "ejected", "unhealthy", "draining"]
}
