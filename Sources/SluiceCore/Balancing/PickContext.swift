/// What a pick is made from.
public struct PickContext: Sendable {
  /// Fresh random bits for this pick.
  public var random: UInt64
  /// Of what the request is hashed by; only a consistent hash looks at it.
  public var hash: UInt64
  /// The identity that the request's cookie names, nil without one; only a sticky policy looks at it.
  public var sticky: UInt64?
  /// Endpoints that this exchange has tried.
  public var tried: EndpointSet
  /// Endpoints that are ejected, unhealthy or draining.
  public var unavailable: EndpointSet
  public var at: Instant

  public init(
    random: UInt64, hash: UInt64 = 0, sticky: UInt64? = nil, tried: EndpointSet = .empty,
    unavailable: EndpointSet = .empty, at: Instant
  ) {
    self.random = random
    self.hash = hash
    self.sticky = sticky
    self.tried = tried
    self.unavailable = unavailable
    self.at = at
  }
}
