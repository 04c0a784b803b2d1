// Drawing endpoints by weight, for the policies that begin with a draw.

extension Balancer {
  /// Draws that are thrown away because they fell on an excluded endpoint, before the sum of the others is made.
  private static let redrawsMax = 4

  /// Draws one endpoint that is not excluded, each with the probability of its weight.
  ///
  /// - Returns: nil where all are excluded.
  func draw(_ random: inout SplitMix64, _ excluded: EndpointSet) -> Int? {
    for _ in 0..<Self.redrawsMax {
      let index = drawAny(random.next())
      if !excluded.contains(index) { return index }
    }
    return drawAmongOthers(random.next(), excluded)
  }

  private func drawAny(_ random: UInt64) -> Int {
    guard let total = cumulative.last else { return Int(random.multipliedFullWidth(by: UInt64(loads.count)).high) }
    let target = random.multipliedFullWidth(by: total).high
    var lower = 0
    var upper = cumulative.count - 1
    while lower < upper {
      let middle = (lower + upper) / 2
      if cumulative[middle] > target { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }

  private func drawAmongOthers(_ random: UInt64, _ excluded: EndpointSet) -> Int? {
    var total: UInt64 = 0
    for index in loads.indices where !excluded.contains(index) { total += loads[index].weight }
    var target = random.multipliedFullWidth(by: total).high
    for index in loads.indices where !excluded.contains(index) {
      if target < loads[index].weight { return index }
      target -= loads[index].weight
    }
    return nil
  }

  /// Draws two different endpoints, the second nil where there is no other.
  func drawTwo(_ context: PickContext, _ excluded: EndpointSet, _ free: Int) -> (first: Int, second: Int?)? {
    var random = SplitMix64(seed: context.random)
    guard let first = draw(&random, excluded) else { return nil }
    guard free > 1 else { return (first, nil) }
    var others = excluded
    others.insert(first)
    return (first, draw(&random, others))
  }
}
