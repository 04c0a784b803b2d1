/// How one endpoint does, over all workers.
public struct EndpointDocument: Codable, Equatable, Sendable {
  /// How it stands, as in the glossary.
  public enum State: String, Codable, CaseIterable, Sendable {
    case healthy, returning, ejected, unhealthy, draining

    /// Whether it is given requests.
    public var isAvailable: Bool { self == .healthy || self == .returning }
  }

  /// As configured: what `drain` and `undrain` take.
  public var endpoint: String
  public var state: State
  /// Why, as in `connect_refused`; nil: nothing has happened.
  public var reason: String?
  /// Milliseconds that it stands so.
  public var forMs: Double?
  /// Milliseconds to the end of an ejection or a slow start; less than 0: a probe is awaited.
  public var untilMs: Double?
  public var weight: Int
  /// 0 is used first.
  public var priority: Int
  /// Under way there.
  public var requests: Int
  /// In use, which includes those being made, and idle.
  public var connectionsInUse: Int
  public var connectionsIdle: Int
  /// Milliseconds since its last good response and its last failed attempt; nil: none since the start.
  public var lastSuccessMs: Double?
  public var lastFailureMs: Double?
  public var lastFailureCause: String?
  /// Failed attempts since the last good one.
  public var failuresInARow: Int
  /// Attempts in the last minute; of an upstream with one endpoint, its exchanges.
  public var lastMinute: TrafficWindow
  /// What its last handshake showed; nil: there was none.
  public var certificate: CertificateDocument?

  /// Failures in a row from which on an endpoint is told as failing.
  private static let failuresMin = 3

  /// Whether it fails and is given requests all the same: one that has no other beside it is not left out.
  public var isFailing: Bool { state == .healthy && failuresInARow >= Self.failuresMin }

  public init(
    endpoint: String, state: State, weight: Int, priority: Int, requests: Int, connectionsInUse: Int,
    connectionsIdle: Int, failuresInARow: Int, lastMinute: TrafficWindow
  ) {
    self.endpoint = endpoint
    self.state = state
    self.weight = weight
    self.priority = priority
    self.requests = requests
    self.connectionsInUse = connectionsInUse
    self.connectionsIdle = connectionsIdle
    self.failuresInARow = failuresInARow
    self.lastMinute = lastMinute
  }
}
