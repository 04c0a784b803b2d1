extension MetricFamily {
  /// What became of the spans of traces.
  static let spans: [MetricFamily] = [
    MetricFamily(
      "sluice_spans_total", .counter, ["outcome"],
      "Spans that the collector took (exported) or refused (rejected), and those that were lost because too many waited "
        + "(dropped) or it could not be reached for too long (expired)."
    ) { reading in
      [
        ("exported", reading.spans.exported), ("rejected", reading.spans.rejected),
        ("dropped", reading.spans.dropped), ("expired", reading.spans.expired),
      ].map { MetricSample([$0.0], $0.1) }
    },
    MetricFamily(
      "sluice_span_exchanges_left_out_total", .counter, [],
      "Exchanges that failed and have no spans because too many failed within that second."
    ) { [MetricSample([], $0.spans.exchangesLeftOut)] },
    MetricFamily(
      "sluice_span_tries_failed_total", .counter, [], "Requests to the collector that failed."
    ) { [MetricSample([], $0.spans.failedTries)] },
    MetricFamily("sluice_spans_waiting", .gauge, [], "Spans that wait.") { [MetricSample([], $0.spans.waiting)] },
    MetricFamily("sluice_span_memory_bytes", .gauge, [], "Memory of the spans that wait.") {
      [MetricSample([], $0.spans.waitingBytes)]
    },
  ]
}
