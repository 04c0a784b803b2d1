/// One endpoint as a balancer knows it.
public struct BalancedEndpoint: Hashable, Sendable {
  /// Stable over reloads, restarts and workers, and a secret to clients: a keyed hash of the endpoint's address.
  public var identity: UInt64
  /// Share of requests beside the others'; 0 gets none.
  public var weight: UInt32

  /// A greater weight counts as this one.
  public static let weightMax: UInt32 = 65_535

  public init(identity: UInt64, weight: UInt32 = 1) {
    self.identity = identity
    self.weight = min(weight, Self.weightMax)
  }
}
