/// One address of an upstream.
public struct EndpointConfiguration: Sendable, Hashable {
  /// As written, environment variables replaced.
  public var url: String
  public var target: EndpointTarget
  /// Share of the requests relative to the other endpoints, 0...1000; at least one endpoint of an upstream has more
  /// than 0.
  public var weight: Int
}
