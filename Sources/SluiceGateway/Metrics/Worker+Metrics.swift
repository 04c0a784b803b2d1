internal import SluiceCore
internal import SluiceIncidents

// What is counted for the metrics: on the loop, a few additions for each exchange, no lock and no name. And what is
// told of it, once for each scrape.

extension Worker {
  /// An exchange has ended.
  func countForMetrics(_ driver: ExchangeDriver) {
    // A route that is none is the first.
    let tally = driver.snapshot.tallies[Int(driver.record.route &+ 1)]
    tally.counts.add(
      status: driver.record.status, total: driver.record.total, received: driver.record.bytesIn,
      sent: driver.record.bytesOut)
    if driver.record.cause != nil || driver.attempts.count > 1 { countFailure(driver, tally) }
  }

  private func countFailure(_ driver: ExchangeDriver, _ tally: RouteTally) {
    if let cause = driver.record.cause {
      tally.counts.add(cause, of: driver.record.id, at: driver.record.wallTime)
    }
    switch driver.incidentKind {
    case .failed: counters.incidentsFailed += 1
    case .application: counters.incidentsApplication += 1
    case .absorbed: counters.incidentsAbsorbed += 1
    case nil: break
    }
    guard let upstream = driver.upstreamState?.tally else { return }
    for attempt in driver.attempts.dropLast() {
      if let cause = attempt.cause { upstream.counts.addRetry(after: cause) }
    }
    if let reason = driver.record.notRetriedBecause { upstream.counts.addNotRetried(reason) }
  }

  /// This worker's part of what is told.
  var reading: GatewayReading {
    var reading = GatewayReading()
    reading.routes = book.routes.tallies.mapValues(\.counts)
    reading.upstreams = book.upstreams.tallies.mapValues(\.counts)
    reading.endpoints = book.endpoints.tallies.mapValues(\.counts)
    addPools(to: &reading)
    for listener in listeners.values {
      reading.listeners[listener.address.description, default: 0] += listener.connections
    }
    reading.connectionsAccepted = counters.accepted
    reading.exchangesActive = counters.exchangesActive
    reading.handshakesTLS12 = counters.handshakesTLS12
    reading.handshakesTLS13 = counters.handshakesTLS13
    for reason in OpeningFailure.allCases {
      reading.openingFailures["\(reason.identifier)"] = counters.openingFailures[reason]
    }
    reading.http2Faults = counters.http2Faults
    reading.excessBytes = counters.excessBytes
    reading.incidentsFailed = counters.incidentsFailed
    reading.incidentsApplication = counters.incidentsApplication
    reading.incidentsAbsorbed = counters.incidentsAbsorbed
    reading.routesLeftOut = book.routes.leftOut
    reading.upstreamsLeftOut = book.upstreams.leftOut
    reading.endpointsLeftOut = book.endpoints.leftOut
    return reading
  }

  private func addPools(to reading: inout GatewayReading) {
    let configured = snapshot.shared.configuration.upstreams
    for (upstream, state) in zip(configured, snapshot.upstreams) {
      for (endpoint, state) in zip(upstream.endpoints, state.endpoints) {
        let name = EndpointName(upstream: upstream.name, endpoint: endpoint.url)
        let known = reading.endpoints[name] == nil ? EndpointName.other : name
        let idle = state.pool.idleCount
        reading.endpoints[known]?.idle += idle
        reading.endpoints[known]?.busy += state.pool.count - idle
      }
    }
  }
}
