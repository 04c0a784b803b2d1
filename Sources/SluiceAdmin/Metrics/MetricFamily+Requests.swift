internal import SluiceCore
internal import SluiceIncidents

extension MetricFamily {
  /// Exchanges, as clients saw them.
  static let requests: [MetricFamily] = [
    MetricFamily(
      "sluice_requests_total", .counter, ["route", "upstream", "status"],
      "Exchanges that ended, by the status that the client got; 499 where it left before, none where nothing could be "
        + "sent, 5xx and the like for a status that is not registered."
    ) { reading in
      each(reading.gateway.routes) { name, counts in
        counts.statuses.seen.map { MetricSample([name.route, name.upstream, $0.name], $0.count) }
      }
    },
    MetricFamily(
      "sluice_request_duration_seconds", .histogram, ["route", "upstream"],
      "From the first byte of the request to the end of the exchange."
    ) { reading in
      each(reading.gateway.routes) { [MetricSample([$0.route, $0.upstream], $1.durations)] }
    },
    MetricFamily(
      "sluice_received_bytes_total", .counter, ["route", "upstream"],
      "Bytes of requests on clients' connections, heads and framing included."
    ) { reading in
      each(reading.gateway.routes) { [MetricSample([$0.route, $0.upstream], $1.bytesReceived)] }
    },
    MetricFamily(
      "sluice_sent_bytes_total", .counter, ["route", "upstream"],
      "Bytes of responses on clients' connections, heads and framing included."
    ) { reading in
      each(reading.gateway.routes) { [MetricSample([$0.route, $0.upstream], $1.bytesSent)] }
    },
    MetricFamily(
      "sluice_failures_total", .counter, ["route", "upstream", "cause", "who"],
      "Exchanges that ended with a cause, and who has to act. Exemplars are incidents."
    ) { reading in
      each(reading.gateway.routes) { name, counts in
        counts.causes.seen.map { cause, entry in
          MetricSample(
            [name.route, name.upstream, cause.identifier, cause.owner.identifier], .count(entry.count),
            exemplar: entry.example.map { MetricSample.Exemplar(incident: "\($0)", time: entry.exampleTime) })
        }
      }
    },
    MetricFamily(
      "sluice_requests_shed_total", .counter, ["route", "upstream", "cause"],
      "Of the failures, those that the gateway refused because an upstream had as many requests as it may."
    ) { reading in
      each(reading.gateway.routes) { name, counts in
        guard !name.upstream.isEmpty else { return [] }
        return shedding.map { MetricSample([name.route, name.upstream, $0.identifier], counts.causes[$0]) }
      }
    },
    MetricFamily(
      "sluice_requests_rate_limited_total", .counter, ["route", "upstream"],
      "Of the failures, those of clients that sent more than the route's rate limit."
    ) { reading in
      each(reading.gateway.routes) { [MetricSample([$0.route, $0.upstream], $1.causes[.rateLimited])] }
    },
    MetricFamily(
      "sluice_requests_active", .gauge, [], "Exchanges under way."
    ) { [MetricSample([], $0.gateway.exchangesActive)] },
  ]

  private static let shedding: [Cause] = [.poolQueueFull, .poolQueueTimeout, .adaptiveLimitShed, .admissionShed]

  /// Samples of each entry, in the order of their names.
  static func each<Name: Comparable, Counts>(
    _ entries: [Name: Counts], _ samples: (Name, Counts) -> [MetricSample]
  ) -> [MetricSample] {
    entries.sorted { $0.key < $1.key }.flatMap { samples($0.key, $0.value) }
  }
}
