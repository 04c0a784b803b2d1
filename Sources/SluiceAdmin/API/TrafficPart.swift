internal import SluiceIncidents

/// What went to all upstreams within some seconds.
public struct TrafficPart: Codable, Equatable, Sendable {
  /// When it begins: Unix time in milliseconds.
  public var time: Int64
  public var spanMs: Int64
  public var requests: Int
  public var gatewayFailures: Int
  public var applicationFailures: Int
  public var latency: LatencyDocument

  /// - Parameter counts: of one time, at least one.
  init?(_ counts: [TrafficCount]) {
    guard let first = counts.first else { return nil }
    time = first.time
    spanMs = first.span
    requests = counts.reduce(0) { $0 + $1.requests }
    gatewayFailures = counts.reduce(0) { $0 + $1.gatewayFailures }
    applicationFailures = counts.reduce(0) { $0 + $1.applicationFailures }
    var times = LatencyHistogram()
    for count in counts { times.add(count.times) }
    latency = LatencyDocument(times)
  }
}
