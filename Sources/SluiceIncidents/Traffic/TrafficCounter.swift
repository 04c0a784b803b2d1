/// What one worker counts of an upstream or endpoint between two times that it hands it over: a plain value, changed in
/// place, that never allocates.
public struct TrafficCounter: Sendable {
  public enum Outcome: Sendable {
    case fine
    /// The gateway answered or cut the exchange because the endpoint could not.
    case gatewayFailed
    /// The application's own 5xx.
    case applicationFailed
  }

  public private(set) var requests: UInt32 = 0
  public private(set) var gatewayFailures: UInt32 = 0
  public private(set) var applicationFailures: UInt32 = 0
  private(set) var times = InlineArray<96, UInt32>(repeating: 0)

  public init() {}

  /// - Parameter firstByte: microseconds to the head of the response; negative: none came.
  public mutating func add(_ outcome: Outcome, firstByte: Int32) {
    requests &+= 1
    switch outcome {
    case .fine: break
    case .gatewayFailed: gatewayFailures &+= 1
    case .applicationFailed: applicationFailures &+= 1
    }
    if firstByte >= 0 { times[LatencyBuckets.index(microseconds: firstByte)] &+= 1 }
  }

  public mutating func add(_ other: TrafficCounter) {
    requests &+= other.requests
    gatewayFailures &+= other.gatewayFailures
    applicationFailures &+= other.applicationFailures
    for index in times.indices { times[index] &+= other.times[index] }
  }
}
