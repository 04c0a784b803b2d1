internal import SluiceIncidents

/// How many exchanges had each status and cause since the start, at one moment.
struct TrafficSample: Equatable, Sendable {
  /// What was counted between two samples.
  struct Change: Equatable, Sendable {
    var spanMs: Int64
    var statuses: [String: UInt64]
    var causes: [String: UInt64]
  }

  /// Unix time in milliseconds.
  var time: Int64
  var statuses: [String: UInt64] = [:]
  var causes: [String: UInt64] = [:]

  init(time: Int64, statuses: [String: UInt64] = [:], causes: [String: UInt64] = [:]) {
    self.time = time
    self.statuses = statuses
    self.causes = causes
  }

  init(_ reading: GatewayReading, time: Int64) {
    self.time = time
    var (seen, failed) = (StatusCounts(), CauseCounts())
    for route in reading.routes.values {
      seen.add(route.statuses)
      failed.add(route.causes)
    }
    for (name, count) in seen.seen { statuses[name] = count }
    for (cause, entry) in failed.seen { causes[cause.identifier] = entry.count }
  }

  func change(since earlier: TrafficSample) -> Change {
    Change(
      spanMs: max(time - earlier.time, 0), statuses: Self.grown(statuses, earlier.statuses),
      causes: Self.grown(causes, earlier.causes))
  }

  private static func grown(_ now: [String: UInt64], _ before: [String: UInt64]) -> [String: UInt64] {
    now.compactMapValues { $0 }.reduce(into: [:]) { grown, entry in
      let earlier = before[entry.key] ?? 0
      if entry.value > earlier { grown[entry.key] = entry.value - earlier }
    }
  }
}
