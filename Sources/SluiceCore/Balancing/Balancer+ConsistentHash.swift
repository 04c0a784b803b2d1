extension Balancer {
  func pickHashed(_ context: PickContext, _ excluded: EndpointSet) -> PickDecision {
    guard ring.count > 0 else { return .none(.emptyPool) }
    // The hash may come from few bits of a key; the ring wants them spread over all.
    let position = ring.position(SplitMix64.mixed(context.hash))
    for step in 0..<ring.count {
      let index = ring.endpoint(position + step)
      if !excluded.contains(index) { return .picked(index, step == 0 ? .hashed : reason(position, index)) }
    }
    return .none(.allUnavailable)
  }

  /// The next point may be the same endpoint's.
  private func reason(_ position: Int, _ index: Int) -> PickReason {
    ring.endpoint(position) == index ? .hashed : .hashedNext
  }
}
