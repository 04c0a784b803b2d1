public import SluiceCore

/// What happens between SIGTERM and the end of the process.
public struct DrainConfiguration: Sendable, Hashable {
  /// How long the gateway goes on accepting, so that a balancer in front of it notices. Default 0 s.
  public var delay: TimeSpan = .zero
  /// How long exchanges may then take to finish. Default 30 s.
  public var deadline: TimeSpan = .seconds(30)
}
