/// One endpoint as the health board is told of it.
public struct HealthEndpoint: Hashable, Sendable {
  /// Stable over reloads: what is known of an endpoint is carried over by it.
  public var identity: UInt64
  /// 0 is used first; a greater number only where no endpoint of a smaller one can be had.
  public var priority: Int
  /// Whether it gets new clients at all: its weight is more than 0.
  public var hasWeight: Bool
  /// Whether the configuration drains it.
  public var isDraining: Bool

  public init(identity: UInt64, priority: Int = 0, hasWeight: Bool = true, isDraining: Bool = false) {
    self.identity = identity
    self.priority = priority
    self.hasWeight = hasWeight
    self.isDraining = isDraining
  }
}
