/// Samples of the last hour, so that what was counted since the start can be told of a window.
struct TrafficMemory: Sendable {
  /// Milliseconds between two samples that are kept.
  static let spacing: Int64 = 10_000
  /// Samples that are kept: an hour and a bit.
  static let samplesMax = 370
  /// Milliseconds that a window may be longer than it was asked for: after a pause in which nobody sampled, what is
  /// older says nothing of it.
  static let slack: Int64 = 60_000

  /// The oldest first.
  private(set) var samples: [TrafficSample] = []

  /// Keeps a sample where the last one is old enough.
  mutating func add(_ sample: TrafficSample) {
    if let last = samples.last {
      // A clock that was set back begins anew.
      if sample.time < last.time { samples.removeAll() }
      guard sample.time >= last.time + Self.spacing || samples.isEmpty else { return }
    }
    samples.append(sample)
    if samples.count > Self.samplesMax { samples.removeFirst() }
  }

  /// What was counted in a window that ends with `now`: from the last sample that is old enough, else from the first.
  ///
  /// - Parameter span: milliseconds.
  func change(to now: TrafficSample, span: Int64) -> TrafficSample.Change {
    let recent = samples.drop { $0.time < now.time - span - Self.slack }
    let start = recent.last { $0.time <= now.time - span } ?? recent.first ?? now
    return now.change(since: start)
  }
}
