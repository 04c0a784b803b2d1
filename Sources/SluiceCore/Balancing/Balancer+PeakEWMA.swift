// Peak EWMA: of two drawn endpoints, the one whose latency times load is lower. The average jumps up to a slow answer
// at once and forgets it with a time constant, so that an endpoint that stalls is left alone before its queue grows.

extension Balancer {
  /// Time constant of the average: 10 s.
  static let latencyDecay = TimeSpan.seconds(10)
  /// What is assumed of an endpoint that has not answered yet: 30 ms, in nanoseconds.
  static let latencyInitial = 30_000_000.0

  func pickPeakEWMA(_ context: PickContext, _ excluded: EndpointSet, _ free: Int) -> PickDecision {
    guard let (first, second) = drawTwo(context, excluded, free) else { return .none(.allUnavailable) }
    guard let second else { return .picked(first, .drawn) }
    let firstCost = cost(first, context.at)
    let secondCost = cost(second, context.at)
    if firstCost == secondCost { return .picked(first, .drawn) }
    return .picked(firstCost < secondCost ? first : second, .lowerLatency)
  }

  mutating func observe(_ latency: TimeSpan, _ endpoint: Int, _ at: Instant) {
    let sample = Double(max(latency.nanoseconds, 0))
    let load = loads[endpoint]
    let isFirst = load.averagedAt.nanoseconds == .min
    if isFirst || sample > load.average {
      loads[endpoint].average = sample
    } else {
      let kept = Self.remaining(from: load.averagedAt, to: at)
      loads[endpoint].average = load.average * kept + sample * (1 - kept)
    }
    loads[endpoint].averagedAt = at
  }

  /// What a further request would have to expect. Without news a high average fades to what a new endpoint is assumed
  /// to need, so that one that was slow once is asked again.
  private func cost(_ endpoint: Int, _ at: Instant) -> Double {
    let load = loads[endpoint]
    var average = load.average
    if load.averagedAt.nanoseconds != .min, average > Self.latencyInitial {
      let excess = average - Self.latencyInitial
      average = Self.latencyInitial + excess * Self.remaining(from: load.averagedAt, to: at)
    }
    return average * Double(load.inProgress + 1) / Double(load.weight)
  }

  /// The share of an old average that counts after a time: e to the power of minus time by constant.
  ///
  /// By its series instead of a library's function, which a pure value need not import: within 1 % up to one constant,
  /// and falling ever after.
  private static func remaining(from: Instant, to: Instant) -> Double {
    let (elapsed, overflow) = to.nanoseconds.subtractingReportingOverflow(from.nanoseconds)
    guard !overflow, elapsed > 0 else { return 1 }
    let x = Double(elapsed) / Double(latencyDecay.nanoseconds)
    return 1 / (1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4))))
  }
}
