public import SluiceConfiguration
public import SluiceIncidents

/// How one upstream does, over all workers.
public struct UpstreamReport: Sendable {
  public var configuration: UpstreamConfiguration
  public var load: UpstreamLoad
  /// Replays within the budget's window, and how many it allows.
  public var replays: Int
  public var replaysMax: Int
  /// Milliseconds of that window.
  public var replayWindowMs: Int
  /// No endpoint is available, and all that do not drain are used.
  public var isPanicMode: Bool
  public var endpoints: [EndpointReport]
}
