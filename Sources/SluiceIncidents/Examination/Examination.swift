/// What was seen of one endpoint at one time by looking at it, beside all exchanges.
///
/// Each part is nil where it was not asked for, and says so itself where it could not be looked at.
public struct Examination: Equatable, Sendable, Codable {
  /// Unix time of its beginning in milliseconds.
  public var time: Int64
  public var tookMs: Double = 0
  public var target: ExaminationTarget
  public var resolution: Seen<ResolutionSeen>?
  /// One for each address, in the order in which they are tried.
  public var connections: Seen<[ConnectionSeen]>?
  public var handshake: Seen<HandshakeSeen>?
  /// The endpoint asked as it is configured, then otherwise.
  public var responses: Seen<[ResponseSeen]>?
  public var keepAlive: Seen<KeepAliveSeen>?
  /// Who listens, on the machine of the endpoint; nil where that is another machine.
  public var listeners: Seen<ListenersSeen>?
  public var resources: Seen<ResourcesSeen>?
  public var applicationLog: Seen<ApplicationLogSeen>?
  public var deploys: Seen<DeploysSeen>?
  /// What the gateway itself had recorded.
  public var gatewayRecord: Seen<GatewayRecordSeen>?

  public init(time: Int64, target: ExaminationTarget) {
    self.time = time
    self.target = target
  }
}
