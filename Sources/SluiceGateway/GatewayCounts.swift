/// What is open and what was counted, over all workers.
public struct GatewayCounts: Sendable, Equatable {
  /// Clients' connections.
  public var downstreamConnections = 0
  /// Connections to endpoints: being made, leased and idle.
  public var upstreamConnections = 0
  public var idleConnections = 0
  /// Exchanges under way.
  public var exchanges = 0
  /// Entries of the timing wheels.
  public var timers = 0
  public var requestPermits = 0
  public var connectionPermits = 0
  public var accepted: UInt64 = 0
  /// Exchanges that have ended.
  public var recorded: UInt64 = 0
  /// Clients' HTTP/2 connections that broke a rule of the connection.
  public var http2Faults: UInt64 = 0
  /// Bytes beyond the declared end of a response.
  public var excessBytes: UInt64 = 0
  /// Connections that ended before they could carry a request.
  public var openingFailures = OpeningCounts()

  mutating func add(_ other: GatewayCounts) {
    downstreamConnections += other.downstreamConnections
    upstreamConnections += other.upstreamConnections
    idleConnections += other.idleConnections
    exchanges += other.exchanges
    timers += other.timers
    // Permits are the process's, seen by every worker alike.
    requestPermits = max(requestPermits, other.requestPermits)
    connectionPermits = max(connectionPermits, other.connectionPermits)
    accepted += other.accepted
    recorded += other.recorded
    http2Faults += other.http2Faults
    excessBytes += other.excessBytes
    openingFailures.add(other.openingFailures)
  }
}
