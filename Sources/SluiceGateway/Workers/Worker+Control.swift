internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

// What the gateway asks of a worker: reload, drain, stop, counts. And the end of each exchange: its record.

extension Worker {
  /// How often log lines and samples of latency leave the worker.
  static let flushInterval = TimeAmount.milliseconds(100)
  /// Flushes from one report of counts to the next: a second.
  static let flushesPerReport = 10

  func startFlushing() {
    trafficStart = services.traffic.start(of: Clock.wallMilliseconds())
    let task = loop.scheduleRepeatedTask(initialDelay: Self.flushInterval, delay: Self.flushInterval) { [handle] _ in
      handle.here { worker in
        worker.log.flush()
        worker.spans.flush()
        let now = Clock.now()
        for upstream in worker.snapshot.upstreams { upstream.tellRequests(at: now) }
        worker.flushes += 1
        if worker.flushes % Self.flushesPerReport == 0 { worker.reportCounts(at: now) }
        worker.tellSamples(at: now)
        worker.tellTraffic(at: now)
        if worker.index == 0 { worker.services.tick(at: now) }
      }
    }
    flushing = task
  }

  /// What the success rates are made of; and one worker tells that a second is over.
  private func reportCounts(at now: Instant) {
    for upstream in snapshot.upstreams { upstream.reportCounts(isTick: index == 0, from: self, at: now) }
  }

  /// Some endpoint's standing is not what it was.
  func healthChanged(of health: UpstreamHealth) {
    guard let upstream = snapshot.upstreams.first(where: { $0.health === health }) else { return }
    if let view = health.view(of: upstream.lineup) { upstream.adopt(view) }
  }

  private func tellSamples(at now: Instant) {
    for upstream in snapshot.upstreams where upstream.samples != nil {
      upstream.tellSamples(at: now, random: nextRandom())
    }
  }

  /// Writes the record of an exchange that has ended.
  func write(_ driver: ExchangeDriver) {
    counters.recorded += 1
    if driver.now >= trafficEnd { tellTraffic(at: driver.now) }
    driver.upstreamState?.count(driver)
    driver.record.bytesIn = driver.downstream?.bytesIn ?? 0
    driver.record.bytesOut = driver.downstream?.bytesOut ?? 0
    countForMetrics(driver)
    if let tracing = driver.snapshot.shared.tracing {
      if driver.trace.isNone { driver.joinTrace(tracing) }
      spans.take(driver, tracing)
    }
    let (attempts, block) = (driver.attempts, driver.block)
    if log.isOn {
      log.write(driver.record, attempts: attempts.span, head: block.span.bytes, names: driver.snapshot.shared.names)
    }
    if driver.record.cause != nil || attempts.count > 1 {
      services.output.incidents?.take(driver, encoder: &incidentEncoder)
    }
    guard let cause = driver.record.cause, cause.isIncident else { return }
    services.output.failures.tell(
      driver.record, attempts: attempts.span, head: block.span.bytes, names: driver.snapshot.shared.names,
      at: driver.now)
  }

  // MARK: Reload and drain

  func adopt(_ next: GatewaySnapshot, _ security: [ListenAddress: ListenerSecurity]) {
    let old = snapshot
    snapshot = WorkerSnapshot(next, carryingOver: old, services: services)
    book.adopt(snapshot)
    snapshot.retire(old)
    let pages = next.configuration.errorPages
    if pages != old.shared.configuration.errorPages {
      responses = ResponseMaker(installation: services.name, pages)
    }
    adoptListeners(of: next, security)
    log.flush()
    spans.flush()
    log = services.output.workerLog()
    incidentEncoder = services.output.incidentEncoder()
  }

  /// No connection is accepted any longer. Each client's next answer is its last, and who asks nothing until `limit` is
  /// left.
  func drain(until limit: Instant) {
    drainLimit = limit
    for connection in downstreams.values { connection.drain(until: limit) }
  }

  /// Cuts what is left.
  func stop() {
    flushing?.cancel()
    handOverTraffic()
    for connection in downstreams.values { connection.closeNow() }
    snapshot.closeIdle()
    timers.stop()
    // Drivers hold their worker.
    drivers.removeAll()
    downstreamStreams.removeAll()
    log.flush()
    spans.flush()
  }

  var counts: GatewayCounts {
    var counts = GatewayCounts()
    counts.downstreamConnections = downstreams.count
    counts.exchanges = counters.exchangesActive
    counts.timers = timers.count
    counts.accepted = counters.accepted
    counts.recorded = counters.recorded
    counts.excessBytes = counters.excessBytes
    counts.http2Faults = counters.http2Faults
    counts.openingFailures = counters.openingFailures
    for upstream in snapshot.upstreams {
      counts.requestPermits += upstream.permits.requests.inUse
      counts.connectionPermits += upstream.permits.connections.inUse
      for endpoint in upstream.endpoints {
        counts.upstreamConnections += endpoint.pool.count
        counts.idleConnections += endpoint.pool.idleCount
      }
    }
    return counts
  }
}
