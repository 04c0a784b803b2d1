/// Within which bounds the limit on an upstream's requests adapts.
public struct AdaptivePolicy: Hashable, Sendable {
  /// Requests in progress that are always let through, also while the latency without a queue is measured. Default 4.
  public var floor: Int = 4
  /// Requests in progress before anything is known. Default 20, as in Netflix's concurrency-limits.
  public var start: Int = 20
  /// How much longer than without a queue the upstream may take to answer: a share of that time. Default 0.25, as in
  /// Envoy (`buffer`).
  public var tolerance: Double = 0.25

  public init() {}
}
