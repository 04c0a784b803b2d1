// What attempts say of an endpoint: ejections, their times and bounds, and the probes that end them.

extension HealthBoard {
  /// The part of an ejection's time that chance takes away, so that gateways and endpoints that failed together do not
  /// come back together.
  static let jitterShare = 0.25

  mutating func failed(
    _ index: Int, _ cause: Cause, _ exchange: UInt64, _ began: Instant, at now: Instant, _ random: UInt64
  ) {
    let weight = cause.ejectionWeight
    guard weight == .connect || weight == .connection || weight == .response else { return }
    if case .ejected(let ejection) = entries[index].trust {
      // What began before is of the time that led to the ejection.
      guard began >= ejection.until else { return }
      return prolong(index, ejection, .probeFailed(cause), at: now, random)
    }
    guard entries[index].standing.isAvailable, began >= entries[index].returnedAt else { return }
    guard entries[index].row.lastExchange != exchange || weight == .connect else { return }
    entries[index].row.lastExchange = exchange
    if weight == .connect { return eject(index, weight, .connectFailed(cause), at: now, random) }
    entries[index].row.all += 1
    if weight == .connection { entries[index].row.connection += 1 }
    let row = entries[index].row
    if row.connection >= policy.ejection.connectionFailures {
      eject(index, .connection, .failedInARow(cause, count: row.connection), at: now, random)
    } else if row.all >= policy.ejection.responseFailures {
      eject(index, .response, .failedInARow(cause, count: row.all), at: now, random)
    }
  }

  mutating func succeeded(
    _ index: Int, _ is5xx: Bool, _ began: Instant, at now: Instant, _ random: UInt64
  ) {
    guard case .ejected(let ejection) = entries[index].trust else {
      entries[index].row = Row()
      return
    }
    // A connection from before may still be answered by a process that accepts no new one.
    guard began >= ejection.since else { return }
    if ejection.weight == .successRate, is5xx {
      guard began >= ejection.until else { return }
      return prolong(index, ejection, .probeFailed(.upstreamStatus), at: now, random)
    }
    entries[index].trust = .trusted
    startSlowly(index, .probeSucceeded, at: now)
  }

  /// Ejects the endpoint where the bounds allow it.
  mutating func eject(
    _ index: Int, _ weight: EjectionWeight, _ reason: StandingReason, at now: Instant, _ random: UInt64
  ) {
    guard policy.ejection.isOn, entries[index].standing.isAvailable, mayEject(index) else { return }
    let count = remembered(index, at: now) + 1
    entries[index].ejections = count
    entries[index].growth = nil
    entries[index].row = Row()
    let until = now + time(ofEjection: count, random)
    entries[index].trust = .ejected(Ejection(since: now, until: until, weight: weight, reason: reason))
  }

  /// The probe failed.
  mutating func prolong(
    _ index: Int, _ ejection: Ejection, _ reason: StandingReason, at now: Instant, _ random: UInt64
  ) {
    entries[index].ejections += 1
    var ejection = ejection
    ejection.until = now + time(ofEjection: entries[index].ejections, random)
    ejection.probeUntil = Instant(nanoseconds: .min)
    ejection.reason = reason
    entries[index].trust = .ejected(ejection)
  }

  // MARK: Bounds

  /// Endpoints that may be ejected at a time.
  var ejectedMax: Int { Int((Double(entries.count) * policy.ejection.share).rounded(.up)) }

  private func mayEject(_ index: Int) -> Bool {
    let ejected = entries.count { if case .ejected = $0.trust { true } else { false } }
    guard ejected < ejectedMax else { return false }
    return entries.indices.contains { other in
      other != index && entries[other].endpoint.hasWeight && entries[other].standing.isAvailable
    }
  }

  /// Earlier ejections that still count: one is forgotten for each `timeMax` without another.
  private func remembered(_ index: Int, at now: Instant) -> Int {
    let entry = entries[index]
    guard entry.ejections > 0 else { return 0 }
    let forgotten = (now - entry.returnedAt).nanoseconds / max(policy.ejection.timeMax.nanoseconds, 1)
    return max(0, entry.ejections - Int(clamping: forgotten))
  }

  /// - Parameter count: 1 for the first.
  func time(ofEjection count: Int, _ random: UInt64) -> TimeSpan {
    let limit = policy.ejection.timeMax.nanoseconds
    var time = min(policy.ejection.time.nanoseconds, limit)
    for _ in 1..<max(count, 1) where time < limit { time = time > limit / 2 ? limit : time * 2 }
    let jitter = Int64(Double(time) * Self.jitterShare)
    return TimeSpan(nanoseconds: time - Int64(random.multipliedFullWidth(by: UInt64(jitter)).high))
  }

  // MARK: Probes

  /// Asks for the right to send one request to an ejected endpoint, one at a time for the whole process.
  ///
  /// - Parameters:
  ///   - tried: endpoints that the exchange has tried.
  ///   - only: where the request belongs to one endpoint, that one.
  /// - Returns: the endpoint whose turn it is, nil where there is none.
  public mutating func grantProbe(tried: EndpointSet, only: Int? = nil, at now: Instant) -> Int? {
    var found: (index: Int, due: Instant)?
    for index in entries.indices where !tried.contains(index) && only.map({ $0 == index }) != false {
      guard case .ejected(let ejection) = entries[index].trust, entries[index].mayBeProbed else { continue }
      let due = ejection.nextProbe
      guard due <= now, found.map({ due < $0.due }) != false else { continue }
      found = (index, due)
    }
    guard let found, case .ejected(var ejection) = entries[found.index].trust else { return nil }
    ejection.probeUntil = now + Self.probeTime
    entries[found.index].trust = .ejected(ejection)
    rebuildView()
    return found.index
  }
}

extension HealthBoard.Entry {
  /// Ejected and nothing else: an unhealthy endpoint has its checks, a draining one gets nothing.
  var mayBeProbed: Bool {
    if case .ejected = standing { true } else { false }
  }
}
