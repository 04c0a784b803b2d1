internal import SluiceCore
internal import SluiceIncidents

extension MetricFamily {
  /// Tries at endpoints, and what followed those that failed.
  static let attempts: [MetricFamily] = [
    MetricFamily(
      "sluice_attempts_total", .counter, ["upstream", "endpoint"], "Attempts that ended."
    ) { reading in
      each(reading.gateway.endpoints) { [MetricSample([$0.upstream, $0.endpoint], $1.attempts)] }
    },
    MetricFamily(
      "sluice_attempt_failures_total", .counter, ["upstream", "endpoint", "cause"],
      "Attempts that failed, whether or not a client noticed."
    ) { reading in
      each(reading.gateway.endpoints) { name, counts in
        counts.causes.seen.map { MetricSample([name.upstream, name.endpoint, $0.identifier], $1.count) }
      }
    },
    MetricFamily(
      "sluice_upstream_response_seconds", .histogram, ["upstream"],
      "From the beginning of an attempt to the head of its response."
    ) { reading in
      each(reading.gateway.upstreams) { [MetricSample([$0], $1.responses)] }
    },
    MetricFamily(
      "sluice_endpoint_response_seconds", .summary, ["upstream", "endpoint"],
      "The same by endpoint; without quantiles, so that a thousand endpoints are two thousand series."
    ) { reading in
      each(reading.gateway.endpoints) { name, counts in
        let seconds = Double(counts.responseTime) / 1e6
        return [MetricSample([name.upstream, name.endpoint], .summary(count: counts.responses, seconds: seconds))]
      }
    },
    MetricFamily(
      "sluice_retries_total", .counter, ["upstream", "class"],
      "Attempts that followed a failed one, by what was known of that one: R0 nothing was sent, R1 a reused connection "
        + "ended unanswered, R2 the endpoint did not process it, R3 it may have been processed."
    ) { reading in
      each(reading.gateway.upstreams) { name, counts in
        ReplayClass.allCases.filter { $0 != .never }.map {
          MetricSample([name, $0.identifier], counts.retries(after: $0))
        }
      }
    },
    MetricFamily(
      "sluice_not_retried_total", .counter, ["upstream", "reason"],
      "Exchanges whose failed attempt was their last, and why no other followed."
    ) { reading in
      each(reading.gateway.upstreams) { name, counts in
        NotRetried.allCases.map { MetricSample([name, "\($0.identifier)"], counts.notRetried($0)) }
      }
    },
    MetricFamily(
      "sluice_retry_budget_used", .gauge, ["upstream"],
      "Attempts of the last ten seconds that repeated work which may have been done."
    ) { reading in reading.gateway.loads.map { MetricSample([$0.upstream], $0.budgetUsed) } },
    MetricFamily(
      "sluice_retry_budget_limit", .gauge, ["upstream"], "How many of those ten seconds allow."
    ) { reading in reading.gateway.loads.map { MetricSample([$0.upstream], $0.budgetLimit) } },
  ]
}
