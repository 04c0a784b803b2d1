/// How many replays an upstream may get, so that its trouble is not multiplied: a share of the requests of the last ten
/// seconds, and a floor that a quiet service needs (the form of Finagle's budget).
///
/// Counts are kept in one-second slots of a ring. Memory is fixed, and both questions cost ten additions at most.
public struct RetryBudget: Sendable, Equatable {
  /// Seconds that are looked back at.
  public static let windowSeconds = 10
  /// Replays in each second that are allowed whatever the requests.
  public static let floorPerSecond = 10

  private struct Slot: Sendable, Equatable {
    var second: Int64 = .min
    var requests = 0
    var replays = 0
  }

  private var slots = [Slot](repeating: Slot(), count: Self.windowSeconds)

  public init() {}

  /// Requests were begun.
  public mutating func deposit(requests: Int, at: Instant) {
    slots[current(at)].requests += requests
  }

  /// Takes a token for one replay.
  ///
  /// - Parameter share: of the requests; 0 allows no replay at all.
  /// - Returns: false where the budget is used up.
  public mutating func withdraw(share: Double, at: Instant) -> Bool {
    let slot = current(at)
    guard share > 0, replays(at) < allowance(share: share, at: at) else { return false }
    slots[slot].replays += 1
    return true
  }

  /// Replays within the window.
  public func replays(_ at: Instant) -> Int { sum(\.replays, at) }

  /// Replays that the window allows.
  public func allowance(share: Double, at: Instant) -> Int {
    guard share > 0 else { return 0 }
    return Int(Double(sum(\.requests, at)) * share) + Self.floorPerSecond * Self.windowSeconds
  }

  private func sum(_ count: KeyPath<Slot, Int>, _ at: Instant) -> Int {
    let oldest = Self.second(at) - Int64(Self.windowSeconds)
    return slots.reduce(0) { $1.second > oldest ? $0 + $1[keyPath: count] : $0 }
  }

  private mutating func current(_ at: Instant) -> Int {
    let second = Self.second(at)
    let index = Int(second % Int64(Self.windowSeconds))
    if slots[index].second != second { slots[index] = Slot(second: second) }
    return index
  }

  private static func second(_ at: Instant) -> Int64 { max(at.nanoseconds, 0) / TimeSpan.seconds(1).nanoseconds }
}
