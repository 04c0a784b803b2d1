// The power of two choices: two endpoints are drawn by weight, and the one with fewer requests for its weight is taken.
// Nearly as even as asking all of them, at the price of two, and without the herd that runs to the one least loaded.

extension Balancer {
  func pickLeastRequest(_ context: PickContext, _ excluded: EndpointSet, _ free: Int) -> PickDecision {
    guard let (first, second) = drawTwo(context, excluded, free) else { return .none(.allUnavailable) }
    guard let second else { return .picked(first, .drawn) }
    // Load for weight, without a division: a/x < b/y is a·y < b·x. Ties go to the first, which was drawn by weight, so
    // that an idle upstream is shared by weight too.
    let firstLoad = UInt64(loads[first].inProgress) * loads[second].weight
    let secondLoad = UInt64(loads[second].inProgress) * loads[first].weight
    if firstLoad == secondLoad { return .picked(first, .drawn) }
    return .picked(firstLoad < secondLoad ? first : second, .fewerRequests)
  }
}
