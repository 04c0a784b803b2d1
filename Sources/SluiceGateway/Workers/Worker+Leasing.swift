internal import NIOCore
internal import SluiceCore

// A connection for an attempt: the youngest idle one that is alive, else a new one.

extension Worker {
  func lease(_ endpoint: EndpointState, of upstream: UpstreamState, for driver: ExchangeDriver, at now: Instant) {
    while true {
      switch endpoint.pool.lease(at: now, rule: driver.exchange.leaseRule) {
      case .reuse(let id, let uses, let age, let idle):
        guard let connection = endpoint.connection(id) else {
          endpoint.forget(id)
          continue
        }
        if idle > EndpointPool.probeAfter, !connection.isAlive {
          connection.closedByPeer(at: now)
          continue
        }
        connection.begin(as: id, for: driver)
        driver.leased(connection, LeaseFacts(uses: uses), age: age, idle: idle, at: now)
        return
      case .connect(let id):
        let pending = PendingLease(worker: self, endpoint: endpoint, upstream: upstream, id: id, driver: driver)
        driver.pendingLease = pending
        pending.start(at: now)
        return
      }
    }
  }

  /// A connection is at the end of a message: to the longest waiter who may have it, to the pool, or closed.
  func release(
    _ connection: HTTP1UpstreamConnection, _ id: EndpointPool.ConnectionID, keepAlive: TimeSpan?, at now: Instant
  ) {
    let endpoint = connection.endpoint
    guard !endpoint.isRetired, !endpoint.isDraining, !connection.isObsolete, !isDraining else {
      return connection.close()
    }
    let wasHeldBack = connection.wasHeldBack
    guard case .keep(let until) = endpoint.pool.release(id, keepAlive: keepAlive, wasHeldBack: wasHeldBack, at: now)
    else {
      return connection.close()
    }
    if let place = endpoint.waiters.firstIndex(where: { mayTake($0, at: now) }),
      case .reuse(let same, let uses, let age, _) = endpoint.pool.lease(at: now), same == id
    {
      let waiter = endpoint.waiters.remove(at: place)
      connection.begin(as: id, for: waiter.driver)
      waiter.takeOver(connection, LeaseFacts(uses: uses), age: age, at: now)
      return
    }
    if endpoint.permits.connections.waiting > 0 { return connection.close() }
    connection.rest(until: until)
  }

  /// Whether the exchange that waits may have the connection that has just come free. One that may not gets its permit:
  /// the connection is closed for it.
  private func mayTake(_ waiter: PendingLease, at now: Instant) -> Bool {
    waiter.endpoint.pool.mayReuse(waiter.driver.exchange.leaseRule, at: now)
  }

  /// Hops to this worker with a granted permit.
  func grant(_ kind: PermitKind, of gate: PermitGate) -> PermitGate.Grant {
    let handle = handle
    return { ticket in handle.run { $0.granted(ticket, of: gate, kind: kind) } }
  }
}
