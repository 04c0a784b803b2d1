/// Token buckets in a table of fixed size.
///
/// # Overview
/// A bucket is one instant: when it will be full again. A request moves it on by the time that earns one token, and is
/// refused where that would be further away than a whole burst (the generic cell rate algorithm, ITU-T I.371; it is a
/// token bucket whose tokens are counted when somebody looks). So nothing has to be refilled, and a bucket whose
/// instant has passed is full: forgetting it changes nothing.
///
/// # Why this way
/// Keys come from clients, so whoever wants to can make up any number of them. The table is divided into rows of
/// `rowSlots`; a key is looked for in the one row that its hash names. Where that is taken, the fullest bucket is
/// dropped: one that is full already if there is one, else the one that has been used the least. A client at its limit
/// has the emptiest bucket and stays. The hash is keyed (`SipHash`), so that nobody can aim at a row.
public struct RateLimiter: Sendable {
  /// Slots that one key is looked for in.
  static let rowSlots = 8

  private struct Slot {
    var hash: UInt64 = 0
    /// When it is full again, in nanoseconds of the clock; the least: it was never used.
    var fullAt: Int64 = .min
  }

  public private(set) var limit: RateLimit
  private var slots: [Slot] = []
  private let rows: Int

  /// - Parameter buckets: Keys that are told apart at a time; rounded up to whole rows.
  public init(_ limit: RateLimit, buckets: Int) {
    self.limit = limit
    rows = max((buckets + Self.rowSlots - 1) / Self.rowSlots, 1)
  }

  /// Keys that can be told apart at a time.
  public var capacity: Int { rows * Self.rowSlots }

  /// A reload may change rate and burst; what each bucket owes stays.
  public mutating func adopt(_ limit: RateLimit) { self.limit = limit }

  /// Takes a token for one request.
  ///
  /// - Parameter hash: Of the key.
  public mutating func take(_ hash: UInt64, at now: Instant) -> RateDecision {
    // Memory is taken by the first request: most shards of most limits see few keys.
    if slots.isEmpty { slots = Array(repeating: Slot(), count: capacity) }
    let index = slot(of: hash)
    let isKnown = slots[index].hash == hash
    let fullAt = isKnown ? max(slots[index].fullAt, now.nanoseconds) : now.nanoseconds
    let next = (Instant(nanoseconds: fullAt) + TimeSpan(nanoseconds: limit.interval)).nanoseconds
    let late = next - now.nanoseconds - limit.depth
    guard late <= 0 else { return .limited(until: TimeSpan(nanoseconds: late)) }
    slots[index] = Slot(hash: hash, fullAt: next)
    return .allowed
  }

  /// Where the key is, or the slot that it may take.
  private func slot(of hash: UInt64) -> Int {
    // The lower bits chose the shard.
    let row = Int((hash >> 16) % UInt64(rows)) * Self.rowSlots
    var fullest = row
    for index in row..<(row + Self.rowSlots) {
      if slots[index].hash == hash { return index }
      if slots[index].fullAt < slots[fullest].fullAt { fullest = index }
    }
    return fullest
  }
}
