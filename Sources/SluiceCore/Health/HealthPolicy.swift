/// The numbers by which the health of an upstream's endpoints is judged.
public struct HealthPolicy: Hashable, Sendable {
  public var ejection = EjectionPolicy()
  /// Whether active checks are made. Default false.
  public var usesChecks: Bool = false
  /// Checks in a row that an unhealthy endpoint must pass. Default 2.
  public var rise: Int = 2
  /// Checks in a row that an endpoint must fail to be unhealthy. Default 3.
  public var fall: Int = 3
  /// Whether all endpoints are used where none is left. Default true.
  public var usesPanic: Bool = true
  /// How long the share of an endpoint that returns grows. Default 10 s; zero: its whole share at once.
  public var slowStart: TimeSpan = .seconds(10)

  public init() {}
}

/// When an endpoint is ejected because of what it did to requests, and for how long.
public struct EjectionPolicy: Hashable, Sendable {
  /// Default true.
  public var isOn: Bool = true
  /// Connection-level failures in a row, of different exchanges, that eject. Default 3. A connect that fails ejects at
  /// once, whatever this says.
  public var connectionFailures: Int = 3
  /// Late or broken-off answers in a row, of different exchanges, that eject. Default 5, as in Envoy.
  public var responseFailures: Int = 5
  /// The first ejection. Default 1 s.
  public var time: TimeSpan = .seconds(1)
  /// Each repetition doubles the time, up to this. Default 30 s.
  public var timeMax: TimeSpan = .seconds(30)
  /// Share of the endpoints that may be ejected at a time, rounded up; the last one never is. Default 0.5.
  public var share: Double = 0.5
  /// Whether the application's own 5xx are compared with those of the other endpoints. Default true.
  public var usesSuccessRate: Bool = true

  public init() {}
}
