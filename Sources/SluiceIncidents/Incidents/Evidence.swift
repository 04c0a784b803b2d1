/// What was still at hand at the moment of the failure, beside the record (DECISIONS 4).
///
/// Everything is optional: what was not known is nil. Times are milliseconds.
public struct Evidence: Equatable, Sendable, Codable {
  /// What the endpoint had sent, where it was not a response.
  public var firstBytes: FirstBytes?
  /// What was seen of TLS to the endpoint, where the failure is one of TLS.
  public var tls: TLSEvidence?
  /// The body's length as the head declared it, where it did.
  public var declaredLength: UInt64?
  /// Bytes of the body that had arrived.
  public var receivedLength: UInt64?
  /// The limits in force.
  public var timeouts: TimeoutsInForce?
  public var load: UpstreamLoad?
  /// All endpoints of the upstream as they were at that moment, the failed one included.
  public var endpoints: [EndpointCondition]?
  public var resolution: ResolutionEvidence?
  /// What the endpoint's HTTP/2 said, where that failed.
  public var http2: HTTP2Evidence?
  /// Deploys, reloads and starts of the last ten minutes, the latest first.
  public var changes: [Change]?

  public init() {}
}
