// A pick where not all endpoints are alike: groups of priority, slow starts, and what is left where nothing is.

extension Balancer {
  /// The least share of an endpoint at the beginning of its slow start; as in Envoy, so that it is asked at all.
  public static let slowStartShareMin = 0.1

  /// Chooses by the policy among the endpoints that are available: of the first group of priority that has one which
  /// the exchange has not tried, else of the next.
  ///
  /// - Parameters:
  ///   - context: its `unavailable` is not looked at; the view says it.
  ///   - allowsLastResort: whether an exchange that has tried all available endpoints may be sent to an ejected one.
  public mutating func pick(
    _ context: PickContext, within view: HealthView, allowsLastResort: Bool = true
  ) -> EndpointPick {
    var context = context
    let held = heldBack(context, view)
    for tier in view.tiers {
      let access = tier.isBackup ? PickAccess.backup : .usual
      context.unavailable = tier.excluded
      if !held.isEmpty {
        context.unavailable.formUnion(held)
        if case .picked(let index, let reason) = pick(context) { return .picked(index, reason, access) }
        context.unavailable = tier.excluded
      }
      if case .picked(let index, let reason) = pick(context) { return .picked(index, reason, access) }
    }
    return pickOutside(&context, view, allowsLastResort)
  }

  /// Nothing that is available is left for this exchange.
  private mutating func pickOutside(_ context: inout PickContext, _ view: HealthView, _ allowsLastResort: Bool)
    -> EndpointPick
  {
    switch (view.fallback, view.tiers.isEmpty) {
    case (.panic, true):
      context.unavailable = view.draining
      switch pick(context) {
      case .picked(let index, let reason): return .picked(index, reason, .panic)
      case .none(let miss): return .none(miss)
      }
    case (.panic, false):
      guard allowsLastResort else { return .none(.allTried) }
      context.unavailable = view.excludedAsLastResort
      if case .picked(let index, let reason) = pick(context) { return .picked(index, reason, .lastResort) }
      return .none(.allTried)
    case (.allUnhealthy, true):
      return .none(.allUnavailable)
    case (.allDraining, true):
      return .none(.allDraining)
    case (.allUnhealthy, false), (.allDraining, false):
      return .none(.allTried)
    }
  }

  /// Endpoints in their slow start that this request is not for: each lets through the share that it has by now.
  ///
  /// A request that is hashed is let through by its hash, so that the keys of an endpoint come back one after the other
  /// and stay; a client that a cookie leads to the endpoint always is.
  private func heldBack(_ context: PickContext, _ view: HealthView) -> EndpointSet {
    var held = EndpointSet.empty
    for returning in view.returning {
      let index = returning.endpoint
      guard loads.indices.contains(index) else { continue }
      if isSticky, context.sticky == loads[index].endpoint.identity { continue }
      let source = kind == .consistentHash ? context.hash : context.random
      let draw = SplitMix64.mixed(SplitMix64.mixed(source) &+ UInt64(index))
      if Double(draw >> 11) >= Self.share(of: returning, at: context.at) * 0x1p53 { held.insert(index) }
    }
    return held
  }

  /// Grows linearly from `slowStartShareMin` to 1.
  static func share(of returning: HealthView.Returning, at now: Instant) -> Double {
    let whole = Double((returning.until - returning.since).nanoseconds)
    guard whole > 0, now < returning.until else { return 1 }
    return max(slowStartShareMin, Double((now - returning.since).nanoseconds) / whole)
  }
}
