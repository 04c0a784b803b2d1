internal import SluiceIncidents

/// Counts before and after a change. What holds the change itself belongs to neither, but its failures may have begun
/// there.
struct TrafficAround {
  /// Milliseconds that are looked at on each side: 10 minutes.
  static let reach: Int64 = 600_000

  let before: [TrafficCount]
  let after: [TrafficCount]
  /// Both sides and what is between, in the order of time.
  let all: [TrafficCount]

  /// - Parameter counts: in the order of time.
  init(_ change: Change, _ counts: [TrafficCount], until end: Int64) {
    let last = min(end, change.time + Self.reach)
    all = counts.filter { $0.time >= change.time - Self.reach && $0.time < last }
    before = all.filter { $0.end <= change.time }
    after = all.filter { $0.time > change.time }
  }

  static func sample(_ counts: [TrafficCount]) -> ChangeTest.Sample {
    ChangeTest.Sample(
      requests: counts.reduce(0) { $0 + $1.requests }, failures: counts.reduce(0) { $0 + $1.failures },
      medianMs: times(counts).median, spanMs: Double(counts.reduce(0) { $0 + $1.span }))
  }

  static func times(_ counts: [TrafficCount]) -> LatencyHistogram {
    counts.reduce(into: LatencyHistogram()) { $0.add($1.times) }
  }

  /// Where in `all` something began, seen from the change.
  func beginning(_ point: ChangePoint, _ change: Change) -> Beginning {
    func isAt(_ index: Int) -> Bool {
      all[index].end > change.time && all[index].time <= change.time + Beginning.consequence
    }
    if point.plausible.contains(where: isAt) { return .atChange }
    let time = all[point.best].time
    return time < change.time ? .before(milliseconds: change.time - time) : .later(milliseconds: time - change.time)
  }
}

/// When something began, seen from a change.
enum Beginning: Equatable {
  /// Milliseconds after a change in which what begins is taken for its doing.
  static let consequence: Int64 = 120_000

  case atChange
  case before(milliseconds: Int64)
  case later(milliseconds: Int64)
}
