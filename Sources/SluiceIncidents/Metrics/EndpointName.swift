/// An endpoint of an upstream, as labels show them.
public struct EndpointName: Hashable, Sendable, Comparable {
  public var upstream: String
  /// As configured.
  public var endpoint: String

  public init(upstream: String, endpoint: String) {
    self.upstream = MetricsLimits.label(upstream)
    self.endpoint = MetricsLimits.label(endpoint)
  }

  public static let other = EndpointName(upstream: MetricsLimits.other, endpoint: MetricsLimits.other)

  public static func < (left: EndpointName, right: EndpointName) -> Bool {
    (left.upstream, left.endpoint) < (right.upstream, right.endpoint)
  }
}
