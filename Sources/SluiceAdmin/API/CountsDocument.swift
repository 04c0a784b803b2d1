/// What is open and what was counted, over all workers.
public struct CountsDocument: Codable, Equatable, Sendable {
  /// Clients' connections.
  public var clientConnections: Int
  /// Connections to endpoints: being made, leased and idle.
  public var endpointConnections: Int
  public var idleConnections: Int
  /// Exchanges under way.
  public var exchanges: Int
  /// Connections accepted and exchanges ended since the start.
  public var acceptedTotal: UInt64
  public var exchangesTotal: UInt64

  public init(
    clientConnections: Int, endpointConnections: Int, idleConnections: Int, exchanges: Int, acceptedTotal: UInt64,
    exchangesTotal: UInt64
  ) {
    self.clientConnections = clientConnections
    self.endpointConnections = endpointConnections
    self.idleConnections = idleConnections
    self.exchanges = exchanges
    self.acceptedTotal = acceptedTotal
    self.exchangesTotal = exchangesTotal
  }
}
