internal import SluiceCore
internal import SluiceIncidents

// What is counted of each exchange and attempt: on the loop, a few additions and no lock.

extension Worker {
  /// Hands over the counts of the last part where it is over; for each flush, and for the first exchange after it.
  func tellTraffic(at now: Instant) {
    let wall = wallMilliseconds(at: now)
    let start = services.traffic.start(of: wall)
    trafficEnd = now + .milliseconds(start + services.traffic.span - wall)
    guard start != trafficStart else { return }
    handOverTraffic()
    trafficStart = start
  }

  /// Hands over what was counted until now.
  func handOverTraffic() {
    var counts: [(TrafficLog.Place, TrafficCounter)] = []
    for upstream in snapshot.upstreams {
      guard let counter = upstream.traffic.take() else { continue }
      counts.append((TrafficLog.Place(upstream: upstream.configuration.name), counter))
    }
    for upstream in snapshot.upstreams where upstream.endpoints.count > 1 {
      for endpoint in upstream.endpoints {
        guard let counter = endpoint.traffic.take() else { continue }
        counts.append((TrafficLog.Place(upstream: upstream.configuration.name, endpoint: endpoint.url), counter))
      }
    }
    services.traffic.add(counts, start: trafficStart)
  }
}

extension UpstreamState {
  /// An exchange has ended.
  func count(_ driver: ExchangeDriver) {
    guard let outcome = TrafficCounter.Outcome(driver.record.cause, status: driver.record.status) else { return }
    traffic.counter.add(outcome, firstByte: driver.attempts.last?.firstByte ?? -1)
  }

  /// The last attempt has ended. With one endpoint the exchanges say it all.
  func countAttempt(of driver: ExchangeDriver) {
    guard endpoints.count > 1, let attempt = driver.attempts.last else { return }
    guard let outcome = TrafficCounter.Outcome(attempt.cause, status: attempt.status) else { return }
    endpoints[driver.endpointIndex].traffic.counter.add(outcome, firstByte: attempt.firstByte)
  }
}
