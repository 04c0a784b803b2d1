internal import SluiceIncidents

extension MetricFamily {
  /// Incidents, problems, and what bounded queues lost.
  static let incidents: [MetricFamily] = [
    MetricFamily(
      "sluice_incidents_total", .counter, ["kind"],
      "Incidents: failed (the gateway answered or cut), application (its own 5xx), absorbed (no client noticed)."
    ) { reading in
      [
        ("failed", reading.gateway.incidentsFailed), ("application", reading.gateway.incidentsApplication),
        ("absorbed", reading.gateway.incidentsAbsorbed),
      ].map { MetricSample([$0.0], $0.1) }
    },
    MetricFamily(
      "sluice_problems_open", .gauge, [], "Problems that go on; absent where incidents are not kept."
    ) { reading in reading.gateway.problemsOpen.map { [MetricSample([], $0)] } ?? [] },
    MetricFamily(
      "sluice_dropped_total", .counter, ["queue"],
      "Lines, incidents or notes that a queue lost because it was full or its writer could not write."
    ) { reading in queues(of: reading).map { MetricSample([$0.name], $0.dropped) } },
    MetricFamily(
      "sluice_queue_memory_bytes", .gauge, ["queue"], "Memory of what waits in it."
    ) { reading in
      queues(of: reading).compactMap { queue in queue.bytes.map { MetricSample([queue.name], $0) } }
    },
  ]

  private static func queues(of reading: MetricsReading) -> [QueueReading] {
    reading.gateway.queues + reading.queues
  }

  /// What became of alerts. Two webhooks of one place are one.
  static let alerts: [MetricFamily] = [
    MetricFamily(
      "sluice_alert_messages_total", .counter, ["webhook", "outcome"],
      "Messages to webhooks that were delivered, or that the receiver refused for good."
    ) { reading in
      webhooks(of: reading) { ["delivered": $0.delivered, "refused": $0.refused] }
    },
    MetricFamily(
      "sluice_alert_tries_failed_total", .counter, ["webhook"], "Tries to deliver a message that failed."
    ) { reading in webhooks(of: reading) { ["": $0.failedTries] } },
    MetricFamily(
      "sluice_alert_events_lost_total", .counter, ["webhook", "reason"],
      "Events that were never delivered: dropped because too many waited or a reload removed the webhook, or expired "
        + "after an hour."
    ) { reading in webhooks(of: reading) { ["dropped": $0.dropped, "expired": $0.expired] } },
    MetricFamily(
      "sluice_alert_events_waiting", .gauge, ["webhook"], "Events that wait."
    ) { reading in webhooks(of: reading) { ["": UInt64(max($0.waiting, 0))] } },
  ]

  /// - Parameter values: by the second label's value; empty: there is none.
  private static func webhooks(
    of reading: MetricsReading, _ values: (AlertCounters) -> [String: UInt64]
  ) -> [MetricSample] {
    var sums: [String: [String: UInt64]] = [:]
    for (place, counters) in reading.alerts {
      sums[MetricsLimits.label(place), default: [:]].merge(values(counters), uniquingKeysWith: +)
    }
    return each(sums) { place, sums in
      each(sums) { [MetricSample($0.isEmpty ? [place] : [place, $0], $1)] }
    }
  }
}
