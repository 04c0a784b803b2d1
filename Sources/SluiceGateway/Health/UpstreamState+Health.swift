internal import SluiceCore

// Picks by health, and what attempts tell the health board. On the happy path: a comparison, and two additions at the
// end.

extension UpstreamState {
  func pick(for driver: ExchangeDriver, at now: Instant) -> EndpointPick {
    let context = PickContext(
      random: driver.worker.nextRandom(), hash: driver.hashKey(for: configuration.balance),
      sticky: driver.stickyIdentity(for: configuration.balance), tried: driver.tried, at: now)
    if view.isPlain {
      switch balancer.pick(context) {
      case .picked(let index, let reason): return .picked(index, reason, .usual)
      case .none(let miss): return .none(miss)
      }
    }
    if view.nextProbe <= now, driver.mayProbe, let index = takeProbe(context, for: driver) {
      // A client whose request is a probe and that no cookie leads elsewhere may as well stay.
      return .picked(index, context.sticky == nil && balancer.isSticky ? .stickyNew : .probe, .probe)
    }
    // Where the endpoint itself is fine and only its connection was not, it is better than one that is ejected.
    return balancer.pick(context, within: view, allowsLastResort: driver.exchange.cause?.endpointRepeat != .atOnce)
  }

  private func takeProbe(_ context: PickContext, for driver: ExchangeDriver) -> Int? {
    var only: Int?
    if let sticky = context.sticky {
      // A client is not moved for a probe. A cookie that names nobody binds to nobody.
      guard let named = endpoints.indices.first(where: { identity(of: $0) == sticky }) else { return nil }
      only = named
    }
    let (index, newer) = health.takeProbe(
      tried: context.tried, only: only, of: lineup, from: driver.worker.handle, at: context.at)
    if let newer { adopt(newer) }
    return index
  }

  func standing(of endpoint: Int) -> HealthView.State? {
    view.states.indices.contains(endpoint) ? view.states[endpoint] : nil
  }

  // MARK: What attempts tell

  /// The attempt came to its good end.
  func succeeded(_ endpoint: Int, by driver: ExchangeDriver, at now: Instant) {
    let state = endpoints[endpoint]
    let is5xx = (driver.attempts.last?.status ?? 0) >= 500
    state.answers &+= 1
    if is5xx { state.answers5xx &+= 1 }
    guard state.history.succeeded(at: now) else { return }
    let began = driver.attempts.last?.startedAt ?? now
    tell(.succeeded(endpoint, is5xx: is5xx, began: began), by: driver, at: now)
  }

  /// An attempt at an endpoint that was not available has a response.
  func answered(_ endpoint: Int, status: UInt16, by driver: ExchangeDriver, at now: Instant) {
    let began = driver.attempts.last?.startedAt ?? now
    tell(.succeeded(endpoint, is5xx: status >= 500, began: began), by: driver, at: now)
  }

  func failed(_ endpoint: Int, _ cause: Cause, by driver: ExchangeDriver, at now: Instant) {
    let counts = cause.ejectionWeight != .never
    if (counts || cause == .staleKeepalive) && driver.isFirstFailureHere {
      endpoints[endpoint].history.failed(cause, at: now)
    }
    if counts {
      let began = driver.attempts.last?.startedAt ?? now
      tell(.failed(endpoint, cause, exchange: driver.record.id.low, began: began), by: driver, at: now)
    } else if driver.pickAccess == .probe {
      tell(.probeLost(endpoint), by: driver, at: now)
    }
  }

  private func tell(_ event: HealthEvent, by driver: ExchangeDriver, at now: Instant) {
    if let newer = health.report(event, of: lineup, from: driver.worker.handle, at: now) { adopt(newer) }
  }

  // MARK: Once a second

  func reportCounts(isTick: Bool, from worker: Worker, at now: Instant) {
    for (index, endpoint) in endpoints.enumerated() where endpoints.count > 1 && endpoint.answers > 0 {
      let event = HealthEvent.counted(index, answers: endpoint.answers, answers5xx: endpoint.answers5xx)
      (endpoint.answers, endpoint.answers5xx) = (0, 0)
      _ = health.report(event, of: lineup, from: worker.handle, at: now)
    }
    guard isTick, endpoints.count > 1 || !view.isPlain else { return }
    if let newer = health.report(.secondPassed, of: lineup, from: worker.handle, at: now) { adopt(newer) }
  }
}

extension ExchangeDriver {
  /// Whether the request may find out if an ejected endpoint works again: it has not failed yet, may be
  /// repeated elsewhere, and has an attempt left to do so.
  var mayProbe: Bool {
    attempts.isEmpty && head.method.isIdempotent && (head.framing == .none || head.framing == .length(0))
      && !plan.upgrades
      && (route?.policy.attempts ?? 0) > 1
  }
}
