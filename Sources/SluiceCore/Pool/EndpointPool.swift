/// The connections of one worker to one endpoint.
///
/// # Overview
/// `lease` gives the youngest idle connection or a place for a new one; `release` takes it back. A connection is in one
/// state at a time, and the states own their data.
///
/// # Why this way
/// Youngest first keeps the used set small, so that the rest ages and goes. Slots carry a generation: a late event of a
/// connection that is gone never touches its successor.
///
/// # Not handled here
/// Permits of the process (`PermitQueue`), sockets, and whether an idle connection is alive: the shell looks at its
/// socket where `Lease.reuse` asks for it and reports `closed`.
public struct EndpointPool: Sendable {
  public struct ConnectionID: Hashable, Sendable {
    public let slot: UInt32
    public let generation: UInt32

    public init(slot: UInt32, generation: UInt32) {
      self.slot = slot
      self.generation = generation
    }
  }

  public enum Lease: Sendable, Equatable {
    /// An idle connection. One that was idle for longer than `probeAfter` should have its socket looked at first.
    case reuse(ConnectionID, uses: UInt32, age: TimeSpan, idle: TimeSpan)
    /// None is idle: make one under this identifier.
    case connect(ConnectionID)
  }

  public enum Release: Sendable, Equatable {
    /// Kept until then, unless it is leased before.
    case keep(until: Instant)
    case close
  }

  enum State: Sendable, Equatable {
    case free
    /// → leased, free
    case connecting
    /// → idle, free
    case leased(since: Instant, born: Instant, uses: UInt32)
    /// → leased, free
    case idle(since: Instant, born: Instant, uses: UInt32)
  }

  private struct Slot {
    var generation: UInt32 = 0
    var state = State.free
    /// Since its last release it rests for longer than we know.
    var wasHeldBack = false
  }

  /// Idle for longer than this, a connection's socket is looked at before it is leased (DECISIONS 21).
  public static let probeAfter = TimeSpan.milliseconds(10)

  private var slots: [Slot] = []
  private var freeSlots: [UInt32] = []
  /// Oldest first; leased from the end.
  private var idle: [UInt32] = []
  private var idleLimit: TimeSpan
  /// What is known of the endpoint's own idle timeout.
  private var ages = IdleAges()

  public private(set) var connectingCount = 0
  public private(set) var leasedCount = 0
  public var idleCount: Int { idle.count }
  public var count: Int { connectingCount + leasedCount + idle.count }

  /// - Parameter idleLimit: how long an unused connection is kept.
  public init(idleLimit: TimeSpan) { self.idleLimit = idleLimit }

  /// A reload may change it; it holds for connections released from then on.
  public mutating func setIdleLimit(_ limit: TimeSpan) { idleLimit = limit }

  /// What was learned of idle ages belongs to addresses that the endpoint no longer has alone.
  public mutating func forgetAges() { ages = IdleAges() }

  /// Gives the youngest idle connection that the rule allows, else a place for a new one.
  public mutating func lease(at: Instant, rule: LeaseRule = .any) -> Lease {
    if mayReuse(rule, at: at), let index = idle.popLast() {
      guard case .idle(let since, let born, let uses) = slots[Int(index)].state else {
        preconditionFailure("a connection in the idle list is not idle")
      }
      slots[Int(index)].state = .leased(since: at, born: born, uses: uses)
      leasedCount += 1
      return .reuse(id(index), uses: uses, age: at - born, idle: at - since)
    }
    let index: UInt32
    if let reused = freeSlots.popLast() {
      index = reused
    } else {
      slots.append(Slot())
      index = UInt32(slots.count - 1)
    }
    slots[Int(index)].state = .connecting
    connectingCount += 1
    return .connect(id(index))
  }

  /// Whether the youngest idle connection may be leased under the rule.
  public mutating func mayReuse(_ rule: LeaseRule, at: Instant) -> Bool {
    switch rule {
    case .any: return true
    case .fresh: return false
    case .proven:
      guard let oldest = idle.first, let youngest = idle.last else { return false }
      ages.sawOpen(after: idleTime(oldest, at))
      if slots[Int(youngest)].wasHeldBack { return false }
      return idleTime(youngest, at) < ages.proven(at)
    }
  }

  private func idleTime(_ index: UInt32, _ at: Instant) -> TimeSpan {
    guard case .idle(let since, _, _) = slots[Int(index)].state else { return .zero }
    return at - since
  }

  /// The connection is made and leased to whom it was made for.
  public mutating func connected(_ connection: ConnectionID, at: Instant) {
    guard isCurrent(connection), case .connecting = slots[Int(connection.slot)].state else { return }
    slots[Int(connection.slot)].state = .leased(since: at, born: at, uses: 0)
    connectingCount -= 1
    leasedCount += 1
  }

  /// The exchange is done with the connection, which is at the end of a message.
  ///
  /// - Parameters:
  ///   - keepAlive: `Keep-Alive: timeout` of the endpoint, which shortens the time that it is kept.
  ///   - wasHeldBack: We did not read for a while, so that the endpoint may have sent its last byte, and be counting
  ///     since then, long before we saw it. Nothing that must not be repeated takes such a connection.
  public mutating func release(
    _ connection: ConnectionID, keepAlive: TimeSpan?, wasHeldBack: Bool = false, at: Instant
  ) -> Release {
    guard isCurrent(connection), case .leased(_, let born, let uses) = slots[Int(connection.slot)].state else {
      return .close
    }
    // A second less than what the endpoint says: its close and our request must not meet on the way.
    let stated = keepAlive.map { TimeSpan(nanoseconds: max(0, $0.nanoseconds - TimeSpan.seconds(1).nanoseconds)) }
    let limit = min(min(idleLimit, stated ?? .unlimited), ages.limit(at))
    guard limit > .zero else { return .close }
    slots[Int(connection.slot)].state = .idle(since: at, born: born, uses: uses &+ 1)
    slots[Int(connection.slot)].wasHeldBack = wasHeldBack
    leasedCount -= 1
    idle.append(connection.slot)
    return .keep(until: at + limit)
  }

  /// The time that the connection was to be kept has come, and it is still open.
  public mutating func idleLimitReached(_ connection: ConnectionID, at: Instant) {
    guard isIdle(connection) else { return }
    ages.sawOpen(after: idleTime(connection.slot, at))
  }

  /// The peer has closed the connection, or is seen to have: where it was idle, that teaches something.
  @discardableResult
  public mutating func closedByPeer(_ connection: ConnectionID, at: Instant) -> Bool {
    if isIdle(connection) { ages.sawClosed(after: idleTime(connection.slot, at), at: at) }
    return closed(connection)
  }

  /// The connection is gone, whatever it was doing. Late and repeated reports are ignored.
  @discardableResult
  public mutating func closed(_ connection: ConnectionID) -> Bool {
    guard isCurrent(connection) else { return false }
    switch slots[Int(connection.slot)].state {
    case .free: return false
    case .connecting: connectingCount -= 1
    case .leased: leasedCount -= 1
    case .idle:
      if let position = idle.lastIndex(of: connection.slot) { idle.remove(at: position) }
    }
    slots[Int(connection.slot)].state = .free
    slots[Int(connection.slot)].generation &+= 1
    freeSlots.append(connection.slot)
    return true
  }

  /// The connection that has been idle for the longest, to be closed for its permit.
  public var oldestIdle: ConnectionID? { idle.first.map(id) }

  public func isIdle(_ connection: ConnectionID) -> Bool {
    guard isCurrent(connection), case .idle = slots[Int(connection.slot)].state else { return false }
    return true
  }

  /// Identifiers of all idle connections, oldest first.
  public var idleConnections: [ConnectionID] { idle.map(id) }

  private func id(_ index: UInt32) -> ConnectionID {
    ConnectionID(slot: index, generation: slots[Int(index)].generation)
  }

  private func isCurrent(_ connection: ConnectionID) -> Bool {
    Int(connection.slot) < slots.count && slots[Int(connection.slot)].generation == connection.generation
  }
}
