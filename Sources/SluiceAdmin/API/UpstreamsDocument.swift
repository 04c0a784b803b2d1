/// `GET /api/v1/upstreams`.
public struct UpstreamsDocument: Codable, Equatable, Sendable {
  /// When this was asked: Unix time in milliseconds.
  public var time: Int64
  /// In the order of the configuration.
  public var upstreams: [UpstreamDocument]

  public init(time: Int64, upstreams: [UpstreamDocument]) {
    self.time = time
    self.upstreams = upstreams
  }
}
