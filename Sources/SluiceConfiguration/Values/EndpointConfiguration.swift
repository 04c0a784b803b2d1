/// One address of an upstream.
public struct EndpointConfiguration: Sendable, Hashable {
  /// As written, environment variables replaced.
  public var url: String
  public var target: EndpointTarget
  /// `https`: it is spoken to with TLS.
  public var usesTLS = false
  /// Share of the requests relative to the other endpoints, 0...1000; at least one endpoint of an upstream has more
  /// than 0.
  public var weight: Int
  /// Endpoints of a greater number are used only where none of a smaller one can be had. 0...15.
  public var priority = 0
  /// It gets no new requests.
  public var isDraining = false
}
