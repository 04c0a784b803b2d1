public import SluiceCore

/// A problem's place as numbers of one generation of the configuration: trivial, so that a worker can ask without
/// making a text.
public struct IntakeKey: Hashable, Sendable {
  /// Of the configuration that the other numbers belong to.
  public var generation: UInt32
  public var cause: Cause
  /// Indices of that generation; `UInt16.max` where the exchange did not get that far.
  public var route: UInt16
  public var upstream: UInt16
  public var endpoint: UInt16

  public init(generation: UInt32, cause: Cause, route: UInt16, upstream: UInt16, endpoint: UInt16) {
    self.generation = generation
    self.cause = cause
    self.route = route
    self.upstream = upstream
    self.endpoint = endpoint
  }

  /// Two words instead of five numbers: the hasher is half of what a look-up costs.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(UInt64(generation) << 32 | UInt64(cause.rawValue) << 16 | UInt64(route))
    hasher.combine(UInt32(upstream) << 16 | UInt32(endpoint))
  }
}
