/// What a gateway had recorded of an endpoint and its upstream.
public struct GatewayRecordSeen: Equatable, Sendable, Codable {
  /// Those that go on, or were over within the last ten minutes; the latest first.
  public var problems: [Problem] = []
  /// The latest incident of the first of them, with its evidence.
  public var example: Incident?
  /// Incidents of the last minute.
  public var lastMinute: Int64 = 0
  /// How long the gateway keeps an idle connection to the endpoint.
  public var poolIdleMs: Double?
  /// How long it waits for a response head.
  public var responseHeadMs: Double?

  public init() {}
}
