public import SluiceCore

/// What is counted of the exchanges of one route, since the start.
public struct RouteCounts: Equatable, Sendable {
  public private(set) var statuses = StatusCounts()
  public private(set) var durations = DurationHistogram()
  public private(set) var bytesReceived: UInt64 = 0
  public private(set) var bytesSent: UInt64 = 0
  public private(set) var causes = CauseCounts()

  public init() {}

  /// An exchange has ended.
  ///
  /// - Parameters:
  ///   - received: bytes of the client.
  ///   - sent: bytes to the client.
  public mutating func add(status: UInt16, total: TimeSpan, received: UInt64, sent: UInt64) {
    statuses.add(status)
    durations.add(nanoseconds: total.nanoseconds)
    bytesReceived &+= received
    bytesSent &+= sent
  }

  /// It had failed.
  ///
  /// - Parameter time: when it began, in Unix milliseconds.
  public mutating func add(_ cause: Cause, of exchange: ExchangeID, at time: Int64) {
    if cause.isIncident {
      causes.add(cause, example: exchange, at: time)
    } else {
      causes.add(cause)
    }
  }

  public mutating func add(_ other: RouteCounts) {
    statuses.add(other.statuses)
    durations.add(other.durations)
    bytesReceived &+= other.bytesReceived
    bytesSent &+= other.bytesSent
    causes.add(other.causes)
  }
}
