/// The standings of an upstream's endpoints at one moment, in the form in which a pick reads them: immutable, copied to
/// each worker when it changes.
public struct HealthView: Hashable, Sendable {
  /// One group of endpoints of the same priority that has an available one.
  public struct Tier: Hashable, Sendable {
    /// Every endpoint that is not an available one of this group.
    public var excluded: EndpointSet
    /// Whether a group of smaller priority exists, and none of its endpoints could be had.
    public var isBackup: Bool
  }

  /// An endpoint in its slow start.
  public struct Returning: Hashable, Sendable {
    public var endpoint: Int
    public var since: Instant
    public var until: Instant
  }

  /// How an endpoint stands and why.
  public struct State: Hashable, Sendable {
    public var standing: Standing
    public var reason: StandingReason
    public var since: Instant
  }

  /// What is done where no tier is left.
  public enum Fallback: UInt8, Hashable, Sendable {
    /// All endpoints that do not drain are used.
    case panic
    /// Nobody may be used: all are ejected or unhealthy, and panic is off.
    case allUnhealthy
    case allDraining
  }

  /// Grows with each change.
  public var generation: UInt64 = 0
  /// By index of the endpoint.
  public var states: [State] = []
  /// In the order in which they are used; empty where no endpoint is available.
  public var tiers: [Tier] = []
  public var fallback = Fallback.panic
  public var draining = EndpointSet.empty
  /// Everything that an exchange whose attempts at all available endpoints failed must not be sent to.
  public var excludedAsLastResort = EndpointSet.empty
  public var returning: [Returning] = []
  /// Endpoints that a request may be sent to as a probe, and no earlier than when: `never` where there is none. Which
  /// one, and whether nobody else was faster, only the board knows.
  public var nextProbe = Instant.never
  /// Everything is available, alike, and at its whole share: a pick need not look at the rest.
  public var isPlain = true

  public init() {}

  /// Endpoints that are ejected, unhealthy or draining.
  public var availableCount: Int { states.count { $0.standing.isAvailable } }
}
