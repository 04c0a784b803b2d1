internal import NIOCore
internal import SluiceCore

// A connection for an attempt: the youngest idle one that is alive, else a new one.

extension Worker {
  func lease(_ endpoint: EndpointState, of upstream: UpstreamState, for driver: ExchangeDriver, at now: Instant) {
    // A protocol switch needs a connection of its own, which HTTP/1.1 is (`PendingLease` offers nothing else).
    let needsOwn = driver.plan.upgrades && endpoint.mayChoose
    if !needsOwn, let shared = endpoint.joinable {
      let uses = shared.uses
      driver.leased(
        shared.join(driver), LeaseFacts(uses: uses, mayBeRefused: true), age: shared.age(at: now), idle: .zero,
        at: now)
      return
    }
    let rule = needsOwn ? .fresh : driver.exchange.leaseRule
    while true {
      switch endpoint.pool.lease(at: now, rule: rule) {
      case .reuse(let id, let uses, let age, let idle):
        guard let connection = endpoint.connection(id) else {
          endpoint.forget(id)
          continue
        }
        if idle > EndpointPool.probeAfter, !connection.isAlive {
          connection.closedByPeer(at: now)
          continue
        }
        let stream = connection.begin(as: id, for: driver)
        driver.leased(
          stream, LeaseFacts(uses: uses, mayBeRefused: connection.mayRefuse), age: age, idle: idle, at: now)
        return
      case .connect(let id):
        if !needsOwn, endpoint.expectsHTTP2, let dialing = endpoint.dialing {
          _ = endpoint.pool.closed(id)
          dialing.follow(with: driver, at: now)
          return
        }
        let pending = PendingLease(worker: self, endpoint: endpoint, upstream: upstream, id: id, driver: driver)
        driver.pendingLease = pending
        pending.start(at: now)
        return
      }
    }
  }

  /// A connection is at the end of a message: to the longest waiter who may have it, to the pool, or closed.
  func release(
    _ connection: any UpstreamConnection, _ id: EndpointPool.ConnectionID, keepAlive: TimeSpan?, at now: Instant
  ) {
    let endpoint = connection.endpoint
    guard !endpoint.isRetired, !endpoint.isDraining, !connection.isObsolete, !isDraining else {
      return connection.close()
    }
    // It was made for one client, and the endpoint was told so.
    guard endpoint.proxyProtocol == nil else { return connection.close() }
    let wasHeldBack = connection.wasHeldBack
    guard case .keep(let until) = endpoint.pool.release(id, keepAlive: keepAlive, wasHeldBack: wasHeldBack, at: now)
    else {
      return connection.close()
    }
    if let place = endpoint.waiters.firstIndex(where: { mayTake($0, connection, at: now) }),
      case .reuse(let same, let uses, let age, _) = endpoint.pool.lease(at: now), same == id
    {
      let waiter = endpoint.waiters.remove(at: place)
      let stream = connection.begin(as: id, for: waiter.driver)
      waiter.takeOver(stream, LeaseFacts(uses: uses, mayBeRefused: connection.mayRefuse), age: age, at: now)
      return
    }
    if endpoint.permits.connections.waiting > 0 { return connection.close() }
    connection.rest(until: until)
  }

  /// Whether the exchange that waits may have the connection that has just come free. One that may not gets its permit:
  /// the connection is closed for it.
  private func mayTake(_ waiter: PendingLease, _ connection: any UpstreamConnection, at now: Instant) -> Bool {
    if waiter.needsHTTP1, connection is HTTP2UpstreamConnection { return false }
    return waiter.endpoint.pool.mayReuse(waiter.driver.exchange.leaseRule, at: now)
  }

  /// Hops to this worker with a granted permit.
  func grant(_ kind: PermitKind, of gate: PermitGate) -> PermitGate.Grant {
    let handle = handle
    return { ticket in handle.run { $0.granted(ticket, of: gate, kind: kind) } }
  }
}
