extension Balancer {
  func pickRandom(_ context: PickContext, _ excluded: EndpointSet, _ free: Int) -> PickDecision {
    var random = SplitMix64(seed: context.random)
    guard let index = draw(&random, excluded) else { return .none(.allUnavailable) }
    return .picked(index, .random)
  }
}
