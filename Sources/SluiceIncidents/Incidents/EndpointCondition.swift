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
