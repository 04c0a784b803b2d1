/// What the gateway had last seen of one endpoint, over all workers.
public struct EndpointCondition: Equatable, Sendable, Codable {
  /// As configured.
  public var endpoint: String
  /// Since the last response that came whole; nil: none since the start.
  public var lastSuccessMs: Double?
  /// Since the last failed attempt before this one; nil: none since the start.
  public var lastFailureMs: Double?
  public var lastFailureCause: String?
  /// Failed attempts since the last success, this one included.
  public var failuresInARow: Int
  /// Whether it was given requests: `healthy`, `returning`, `ejected`, `unhealthy` or `draining`.
  public var standing: String?
  /// Why, as in `connect_refused`; nil where nothing had happened.
  public var standingReason: String?
  /// Since when.
  public var standingForMs: Double?
  /// To the end of an ejection or a slow start. Less than 0: an ejection was over, and a probe was awaited.
  public var untilMs: Double?

  public init(
    endpoint: String, lastSuccessMs: Double?, lastFailureMs: Double?, lastFailureCause: String?, failuresInARow: Int
  ) {
    self.endpoint = endpoint
    self.lastSuccessMs = lastSuccessMs
    self.lastFailureMs = lastFailureMs
    self.lastFailureCause = lastFailureCause
    self.failuresInARow = failuresInARow
  }
}
