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

  /// - Parameters:
  ///   - counts: the parts that began within the window and are over, the oldest first; one without a request is left
  ///     out.
  ///   - now: Unix time in milliseconds.
  ///   - startedAt: since when anything is counted, as Unix time in milliseconds.
  public init(_ counts: [TrafficCount], spanMs: Int64, at now: Int64, since startedAt: Int64) {
    self.spanMs = spanMs
    requests = counts.reduce(0) { $0 + $1.requests }
    gatewayFailures = counts.reduce(0) { $0 + $1.gatewayFailures }
    applicationFailures = counts.reduce(0) { $0 + $1.applicationFailures }
    let watched = Self.watched(counts, from: now - spanMs, to: now, since: startedAt)
    perSecond = (Double(requests) / Double(watched) * 100_000).rounded() / 100
    var times = LatencyHistogram()
    for count in counts { times.add(count.times) }
    latency = LatencyDocument(times)
  }

  /// Milliseconds that the parts of the window cover, empty ones included: from its first whole part, or from the
  /// start, to the end of the last one that is over. A second later a part is closed.
  private static func watched(
    _ counts: [TrafficCount], from begin: Int64, to now: Int64, since startedAt: Int64
  ) -> Int64 {
    guard let first = counts.first, first.span > 0 else { return max(now - max(begin, startedAt), 1) }
    let span = first.span
    let firstPart = begin % span == 0 ? begin : begin - begin % span + span
    let closing = now - min(1_000, span)
    let end = max(counts.map(\.end).max() ?? 0, closing - closing % span)
    // Not less than a second: the first part after a start may be almost nothing.
    return max(end - min(max(firstPart, startedAt), first.time + span - 1_000), 1_000)
  }
}
