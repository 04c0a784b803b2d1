public import SluiceCore

/// What is counted of the attempts at one endpoint, since the start.
public struct EndpointCounts: Equatable, Sendable {
  public private(set) var attempts: UInt64 = 0
  /// Of these, the ones on a connection that had carried others before.
  public private(set) var reused: UInt64 = 0
  /// Of these, the ones that got the head of a response.
  public private(set) var responses: UInt64 = 0
  /// From their beginnings to those heads, in microseconds.
  public private(set) var responseTime: UInt64 = 0
  /// Of those that failed.
  public private(set) var causes = CauseCounts()
  /// Connections that were made.
  public private(set) var opened: UInt64 = 0
  /// Connections at this moment: being made or in use, and idle.
  public var busy = 0
  public var idle = 0

  public init() {}

  /// An attempt has ended.
  ///
  /// - Parameter firstByte: microseconds to the head of its response; negative: none came.
  public mutating func add(isReused: Bool, firstByte: Int32, cause: Cause?) {
    attempts &+= 1
    if isReused { reused &+= 1 }
    if firstByte >= 0 {
      responses &+= 1
      responseTime &+= UInt64(firstByte)
    }
    if let cause { causes.add(cause) }
  }

  public mutating func addOpened() { opened &+= 1 }

  public mutating func add(_ other: EndpointCounts) {
    attempts &+= other.attempts
    reused &+= other.reused
    responses &+= other.responses
    responseTime &+= other.responseTime
    causes.add(other.causes)
    opened &+= other.opened
    busy += other.busy
    idle += other.idle
  }
}
