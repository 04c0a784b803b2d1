/// One address of an upstream.
public struct EndpointConfiguration: Sendable, Hashable {
  /// As written, environment variables replaced.
  public var url: String
  public var target: EndpointTarget
  /// Share of the requests relative to the other endpoints, 1...1000.
  public var weight: Int
}
