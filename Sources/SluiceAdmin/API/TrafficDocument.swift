/// `GET /api/v1/traffic`: what went through the gateway, over windows of time.
public struct TrafficDocument: Codable, Equatable, Sendable {
  /// When this was asked: Unix time in milliseconds.
  public var time: Int64
  /// The last minute, five minutes and hour.
  public var windows: [TrafficSummary]
  /// In the order of the configuration.
  public var upstreams: [UpstreamTraffic]
  /// The last hour in parts, the oldest first; parts without a request are left out.
  public var parts: [TrafficPart]

  public init(time: Int64, windows: [TrafficSummary], upstreams: [UpstreamTraffic], parts: [TrafficPart]) {
    self.time = time
    self.windows = windows
    self.upstreams = upstreams
    self.parts = parts
  }
}
