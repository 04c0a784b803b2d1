public import SluiceConfiguration
public import SluiceIncidents

/// How one endpoint does, over all workers.
public struct EndpointReport: Sendable {
  public var configuration: EndpointConfiguration
  /// Its standing, and what was last seen of it.
  public var condition: EndpointCondition
  /// Under way there.
  public var requests = 0
  /// Being made, leased and idle.
  public var connections = 0
  public var idle = 0
  /// What its last handshake showed; nil: there was none.
  public var certificate: Certificate?

  public struct Certificate: Sendable {
    public var subject: String
    /// When it, or the first of its chain, ends: Unix time in milliseconds.
    public var notAfter: Int64
  }
}
