internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// What went to each upstream, in parts of ten seconds: the last hour of all workers together.
///
/// Workers count for themselves and hand over when a part is over, so the lock is taken once in ten seconds by each. A
/// part is closed a second later, when all have had their turn; what comes after that is a count of its own with the
/// same time.
final class TrafficLog: Sendable {
  /// Milliseconds of one part.
  static let spanDefault: Int64 = 10_000
  /// Milliseconds that the memory goes back: an hour.
  static let memory: Int64 = 3_600_000
  /// Counts that are remembered, whatever the number of upstreams.
  static let countMax = 16_384
  /// Upstreams and endpoints of one part. Endpoints come behind all upstreams, so that they are left out first.
  static let placesMax = 128

  struct Place: Hashable, Sendable {
    var upstream: String
    /// nil: all endpoints of the upstream.
    var endpoint: String?
  }

  private struct State {
    /// By their beginning; one or two at a time.
    var open: [Int64: [Place: TrafficCounter]] = [:]
    var closed: [TrafficCount] = []
  }

  let span: Int64
  private let grace: Int64
  private let state = Mutex(State())

  init(span: Int64 = TrafficLog.spanDefault) {
    self.span = max(span, 1)
    grace = min(1_000, self.span)
  }

  /// The beginning of the part that a time belongs to, in Unix milliseconds.
  func start(of wall: Int64) -> Int64 { wall - ((wall % span) + span) % span }

  /// A worker's counts of a part, the upstreams before the endpoints.
  func add(_ counts: [(Place, TrafficCounter)], start: Int64) {
    guard !counts.isEmpty else { return }
    state.withLock { state in
      var part = state.open[start] ?? [:]
      for (place, counter) in counts {
        if part[place] != nil {
          part[place]?.add(counter)
        } else if part.count < Self.placesMax {
          part[place] = counter
        }
      }
      state.open[start] = part
    }
  }

  /// Closes the parts that are over, and forgets what is older than an hour.
  ///
  /// - Parameter wall: Unix time in milliseconds; nil: all are over.
  /// - Returns: what the closed parts have counted, in the order of time.
  func due(at wall: Int64?) -> [TrafficCount] {
    state.withLock { state in
      // A clock that was set back leaves a part in the future; it is over as well.
      let over = state.open.keys.filter { start in
        guard let wall else { return true }
        return start + span + grace <= wall || start > wall + span
      }
      guard !over.isEmpty else { return [] }
      var counts: [TrafficCount] = []
      for start in over.sorted() {
        let part = state.open.removeValue(forKey: start) ?? [:]
        counts += part.map { place, counter in
          TrafficCount(counter, time: start, span: span, upstream: place.upstream, endpoint: place.endpoint)
        }
      }
      state.closed += counts
      if let newest = counts.last?.time { state.closed.removeAll { $0.time < newest - Self.memory } }
      state.closed.removeFirst(max(state.closed.count - Self.countMax, 0))
      return counts
    }
  }

  /// What went to an upstream, or one of its endpoints, since a time within the last hour; the oldest first.
  func counts(of place: Place, since time: Int64) -> [TrafficCount] {
    state.withLock { state in
      state.closed.filter { $0.upstream == place.upstream && $0.endpoint == place.endpoint && $0.time >= time }
    }
  }
}
