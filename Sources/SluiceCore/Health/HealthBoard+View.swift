// The board as picks read it.

extension HealthBoard {
  /// After each change: a pick should find everything worked out.
  mutating func rebuildView() {
    var next = HealthView()
    next.generation = view.generation + 1
    next.states = entries.map(\.state)
    next.draining = set { $0.drainedSince != nil }
    next.tiers = tiers()
    next.fallback = fallback()
    next.excludedAsLastResort = set { !$0.isLastResort }
    for index in entries.indices {
      let entry = entries[index]
      if let growth = entry.growth, entry.standing.isAvailable {
        next.returning.append(HealthView.Returning(endpoint: index, since: growth.since, until: growth.until))
      }
      if case .ejected(let ejection) = entry.trust, entry.mayBeProbed {
        next.nextProbe = min(next.nextProbe, ejection.nextProbe)
      }
    }
    next.isPlain =
      next.tiers.count == 1 && next.tiers[0].excluded.isEmpty && next.returning.isEmpty && next.nextProbe == .never
    view = next
  }

  private func set(_ isMember: (Entry) -> Bool) -> EndpointSet {
    EndpointSet(entries.indices.filter { isMember(entries[$0]) })
  }

  private func tiers() -> [HealthView.Tier] {
    // One without a weight belongs to every tier: it is chosen only by clients that are kept there.
    let priorities = Set(entries.lazy.filter(\.endpoint.hasWeight).map(\.endpoint.priority)).sorted()
    return priorities.compactMap { priority in
      let isMember = { (entry: Entry) in
        entry.standing.isAvailable && (entry.endpoint.priority == priority || !entry.endpoint.hasWeight)
      }
      guard entries.contains(where: { isMember($0) && $0.endpoint.hasWeight }) else { return nil }
      return HealthView.Tier(excluded: set { !isMember($0) }, isBackup: priority > priorities[0])
    }
  }

  private func fallback() -> HealthView.Fallback {
    if entries.allSatisfy({ $0.drainedSince != nil || !$0.endpoint.hasWeight }) { return .allDraining }
    return policy.usesPanic ? .panic : .allUnhealthy
  }
}

extension HealthBoard.Entry {
  var state: HealthView.State {
    if let drainedSince { return HealthView.State(standing: standing, reason: .drained, since: drainedSince) }
    if case .failing(_, let reason, let since) = check {
      return HealthView.State(standing: standing, reason: reason, since: since)
    }
    if case .ejected(let ejection) = trust {
      return HealthView.State(standing: standing, reason: ejection.reason, since: ejection.since)
    }
    return HealthView.State(standing: standing, reason: growth?.reason ?? reason, since: growth?.since ?? since)
  }

  /// Whether an exchange whose attempts elsewhere failed may be sent to it although it is ejected.
  ///
  /// A connect that fails costs little and may succeed by now. An endpoint that answers late would cost the exchange
  /// its time, and one that checks call unhealthy was asked a moment ago.
  var isLastResort: Bool {
    guard mayBeProbed, case .ejected(let ejection) = trust else { return false }
    switch ejection.weight {
    case .connect, .connection, .successRate: return true
    case .response, .never: return false
    }
  }
}
