/// The upstream's timeouts at the time, in milliseconds.
public struct TimeoutsInForce: Equatable, Sendable, Codable {
  public var connect: Double
  public var responseHead: Double
  public var request: Double
  public var bodyIdle: Double
  public var poolIdle: Double
  public var queue: Double

  public init(
    connect: Double, responseHead: Double, request: Double, bodyIdle: Double, poolIdle: Double, queue: Double
  ) {
    self.connect = connect
    self.responseHead = responseHead
    self.request = request
    self.bodyIdle = bodyIdle
    self.poolIdle = poolIdle
    self.queue = queue
  }
}
