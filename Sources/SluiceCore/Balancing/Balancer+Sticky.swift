extension Balancer {
  mutating func pickSticky(_ context: PickContext, _ excluded: EndpointSet, _ free: Int) -> PickDecision {
    let named = context.sticky.flatMap { identity in loads.firstIndex { $0.endpoint.identity == identity } }
    if let named, !excluded.contains(named) { return .picked(named, .sticky) }
    switch pickByPolicy(context, excluded, free) {
    // A cookie that names nobody, because its endpoint is gone for good or it was made up, is as good as none.
    case .picked(let index, _): return .picked(index, named == nil ? .stickyNew : .stickyMoved)
    case .none(let miss): return .none(miss)
    }
  }
}
