public import SluiceIncidents

/// What went somewhere within a window of time.
public struct TrafficWindow: Codable, Equatable, Sendable {
  /// Milliseconds that the window goes back.
  public var spanMs: Int64
  /// Those that ended within it. A client that left is none.
  public var requests: Int
  public var perSecond: Double
  /// Of these, the ones that the gateway answered or cut because the endpoint could not.
  public var gatewayFailures: Int
  /// Of these, the application's own 5xx.
  public var applicationFailures: Int
  public var latency: LatencyDocument

  public init(_ counts: [TrafficCount], spanMs: Int64) {
    self.spanMs = spanMs
    requests = counts.reduce(0) { $0 + $1.requests }
    gatewayFailures = counts.reduce(0) { $0 + $1.gatewayFailures }
    applicationFailures = counts.reduce(0) { $0 + $1.applicationFailures }
    // A gateway that has just started has not seen the whole window.
    let seen = counts.first.map { first in min(spanMs, (counts.map(\.end).max() ?? 0) - first.time) } ?? spanMs
    perSecond = (Double(requests) / Double(max(seen, 1)) * 100_000).rounded() / 100
    var times = LatencyHistogram()
    for count in counts { times.add(count.times) }
    latency = LatencyDocument(times)
  }
}
