public import SluiceCore

/// What is counted of the attempts at one upstream, since the start.
public struct UpstreamCounts: Equatable, Sendable {
  /// From the beginning of an attempt to the head of its response.
  public private(set) var responses = DurationHistogram()
  /// Of requests that did not get their permit at once, until they had it or left.
  public private(set) var waits = DurationHistogram()
  /// The same of attempts that needed a connection when there were as many as may be.
  public private(set) var connectionWaits = DurationHistogram()
  /// Of connections that had to be made, where the name had to be asked for.
  public private(set) var resolves = DurationHistogram()
  public private(set) var connects = DurationHistogram()
  public private(set) var handshakes = DurationHistogram()
  /// Attempts that followed a failed one, by that one's class.
  private var retries = InlineArray<5, UInt64>(repeating: 0)
  private var notRetried = InlineArray<10, UInt64>(repeating: 0)

  public init() {}

  /// - Parameter microseconds: to the head of a response; negative: none came.
  public mutating func addResponse(microseconds: Int32) {
    if microseconds >= 0 { responses.add(nanoseconds: Int64(microseconds) * 1_000) }
  }

  public mutating func addWait(_ span: TimeSpan) { waits.add(nanoseconds: span.nanoseconds) }

  public mutating func addConnectionWait(_ span: TimeSpan) { connectionWaits.add(nanoseconds: span.nanoseconds) }

  /// A connection was made or failed; spans are microseconds, negative where there was no such phase.
  public mutating func addConnection(resolve: Int32, connect: Int32, handshake: Int32) {
    if resolve >= 0 { resolves.add(nanoseconds: Int64(resolve) * 1_000) }
    if connect >= 0 { connects.add(nanoseconds: Int64(connect) * 1_000) }
    if handshake >= 0 { handshakes.add(nanoseconds: Int64(handshake) * 1_000) }
  }

  /// An attempt that failed was followed by another.
  public mutating func addRetry(after cause: Cause) {
    retries[Self.place(of: cause.replayClass)] &+= 1
  }

  public mutating func addNotRetried(_ reason: NotRetried) { notRetried[Int(reason.rawValue)] &+= 1 }

  public mutating func add(_ other: UpstreamCounts) {
    responses.add(other.responses)
    waits.add(other.waits)
    connectionWaits.add(other.connectionWaits)
    resolves.add(other.resolves)
    connects.add(other.connects)
    handshakes.add(other.handshakes)
    for index in retries.indices { retries[index] &+= other.retries[index] }
    for index in notRetried.indices { notRetried[index] &+= other.notRetried[index] }
  }

  public func retries(after replayClass: ReplayClass) -> UInt64 { retries[Self.place(of: replayClass)] }

  public func notRetried(_ reason: NotRetried) -> UInt64 { notRetried[Int(reason.rawValue)] }

  private static func place(of replayClass: ReplayClass) -> Int {
    switch replayClass {
    case .unsent: 0
    case .reusedUnanswered: 1
    case .unprocessed: 2
    case .possiblyProcessed: 3
    case .never: 4
    }
  }

  public static func == (left: UpstreamCounts, right: UpstreamCounts) -> Bool {
    left.responses == right.responses && left.waits == right.waits
      && left.connectionWaits == right.connectionWaits && left.resolves == right.resolves
      && left.connects == right.connects && left.handshakes == right.handshakes
      && left.retries.indices.allSatisfy { left.retries[$0] == right.retries[$0] }
      && left.notRetried.indices.allSatisfy { left.notRetried[$0] == right.notRetried[$0] }
  }
}
