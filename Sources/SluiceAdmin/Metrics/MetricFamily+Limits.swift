internal import SluiceIncidents

extension MetricFamily {
  /// What upstreams may have at a time, and who waits for it.
  static let limits: [MetricFamily] = [
    MetricFamily(
      "sluice_permits_in_use", .gauge, ["upstream", "kind"], "Requests and connections that an upstream has now."
    ) { reading in
      reading.gateway.loads.flatMap {
        [
          MetricSample([$0.upstream, "request"], $0.load?.requests ?? 0),
          MetricSample([$0.upstream, "connection"], $0.load?.connections ?? 0),
        ]
      }
    },
    MetricFamily(
      "sluice_permits_limit", .gauge, ["upstream", "kind"],
      "How many it may have; of requests the adaptive limit, where there is one."
    ) { reading in
      reading.gateway.loads.flatMap {
        [
          MetricSample([$0.upstream, "request"], $0.load?.requestsMax ?? 0),
          MetricSample([$0.upstream, "connection"], $0.load?.connectionsMax ?? 0),
        ]
      }
    },
    MetricFamily(
      "sluice_queue_depth", .gauge, ["upstream", "kind"], "How many wait for a permit now."
    ) { reading in
      reading.gateway.loads.flatMap {
        [
          MetricSample([$0.upstream, "request"], $0.load?.queued ?? 0),
          MetricSample([$0.upstream, "connection"], $0.connectionsWaiting),
        ]
      }
    },
    MetricFamily(
      "sluice_queue_wait_seconds", .histogram, ["upstream", "kind"],
      "Waits for a permit, until it came or they gave up; those that got theirs at once are not among them."
    ) { reading in
      each(reading.gateway.upstreams) {
        [MetricSample([$0, "request"], $1.waits), MetricSample([$0, "connection"], $1.connectionWaits)]
      }
    },
  ]
}
