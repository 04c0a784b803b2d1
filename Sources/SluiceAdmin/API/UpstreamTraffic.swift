/// What went to one upstream.
public struct UpstreamTraffic: Codable, Equatable, Sendable {
  public var upstream: String
  /// The last minute, five minutes and hour.
  public var windows: [TrafficWindow]

  public init(upstream: String, windows: [TrafficWindow]) {
    self.upstream = upstream
    self.windows = windows
  }
}
