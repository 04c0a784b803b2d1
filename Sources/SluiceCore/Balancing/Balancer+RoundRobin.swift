// Round robin, in turn where weights are equal and smooth where they are not: with weights 5, 1, 1 the order is
// a a b a c a a and not a a a a a b c.

extension Balancer {
  mutating func pickByTurn(_ context: PickContext, _ excluded: EndpointSet) -> PickDecision {
    // Workers begin at different endpoints, or the first would get a burst from all of them.
    if turn < 0 { turn = Int(context.random.multipliedFullWidth(by: UInt64(loads.count)).high) }
    return cumulative.isEmpty ? pickNext(excluded) : pickSmooth(excluded)
  }

  private mutating func pickNext(_ excluded: EndpointSet) -> PickDecision {
    for _ in loads.indices {
      let index = turn
      turn = turn + 1 == loads.count ? 0 : turn + 1
      if !excluded.contains(index) { return .picked(index, .turn) }
    }
    return .none(.allUnavailable)
  }

  /// Every endpoint earns its weight, and the richest pays for all: the credits stay within the sum of the weights.
  private mutating func pickSmooth(_ excluded: EndpointSet) -> PickDecision {
    var best = -1
    var total: Int64 = 0
    for offset in loads.indices {
      let index = (turn + offset) % loads.count
      guard !excluded.contains(index) else { continue }
      loads[index].credit += Int64(loads[index].weight)
      total += Int64(loads[index].weight)
      if best < 0 || loads[index].credit > loads[best].credit { best = index }
    }
    guard best >= 0 else { return .none(.allUnavailable) }
    loads[best].credit -= total
    return .picked(best, .turn)
  }
}
