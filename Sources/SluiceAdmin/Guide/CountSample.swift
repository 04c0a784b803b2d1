public import SluiceCore
public import SluiceIncidents

/// What had been answered and had failed since the start, at one moment.
public struct CountSample: Equatable, Sendable {
  /// Unix time in milliseconds.
  public var time: Int64
  /// By what `StatusCounts` calls them.
  public var statuses: [String: UInt64] = [:]
  public var causes: [Cause: UInt64] = [:]

  /// - Parameter reading: of all workers.
  public init(_ reading: GatewayReading, time: Int64) {
    self.time = time
    for route in reading.routes.values {
      for (name, count) in route.statuses.seen { statuses[name, default: 0] += count }
      for (cause, entry) in route.causes.seen { causes[cause, default: 0] += entry.count }
    }
  }

  /// What came after an earlier moment.
  func since(_ earlier: CountSample) -> CountSample {
    var rest = self
    // Counts of routes that a reload removed may be gone: less than nothing did not happen.
    for (name, count) in earlier.statuses { rest.statuses[name] = Self.less(statuses[name], count) }
    for (cause, count) in earlier.causes { rest.causes[cause] = Self.less(causes[cause], count) }
    return rest
  }

  private static func less(_ now: UInt64?, _ before: UInt64) -> UInt64 {
    let now = now ?? 0
    return now > before ? now - before : 0
  }
}
