/// How an endpoint treats a connection that waits for the next request.
public struct KeepAliveSeen: Equatable, Sendable, Codable {
  /// What `Keep-Alive: timeout` says.
  public var announcedMs: Double?
  /// When the endpoint closed the idle connection; nil: it was open as long as we looked.
  public var closedAfterMs: Double?
  /// How long the gateway keeps an idle connection to the endpoint.
  public var poolIdleMs: Double?
  /// How long we looked.
  public var watchedMs: Double
  /// Whether a second request on the same connection was answered.
  public var takesSecondRequest: Bool

  public init(watchedMs: Double, takesSecondRequest: Bool) {
    self.watchedMs = watchedMs
    self.takesSecondRequest = takesSecondRequest
  }
}
