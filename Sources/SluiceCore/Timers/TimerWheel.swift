/// One timing wheel for each worker: 10 ms ticks, 4,096 slots.
///
/// # Overview
/// An entry says when its owner wants to be looked at, at the latest. The owner keeps its real deadline as a number and
/// moves it without touching the wheel; when the entry comes up, the owner compares and is put back where the deadline
/// is still ahead. So the common case, a deadline that moves further away with every byte, costs one store.
///
/// # Why this way
/// A deadline beyond the wheel's span (41 s) is looked at once each turn and put back: one visit in 41 s for an idle
/// connection is cheaper than a hierarchy. Entries are indices into arrays, linked in both directions, so that
/// `schedule` and `remove` take constant time and no reference counts.
///
/// # Not handled here
/// What an owner is, and the clock: `advance` is told the time.
public struct TimerWheel: Sendable {
  /// An entry of the wheel, valid from `add` to `remove`.
  public struct Entry: Hashable, Sendable {
    public let index: UInt32

    public init(index: UInt32) { self.index = index }
  }

  /// Length of a tick.
  public static let tick = TimeSpan.milliseconds(10)
  static let slotCount = 4096
  private static let none = UInt32.max

  private struct Node {
    var previous: UInt32 = TimerWheel.none
    var next: UInt32 = TimerWheel.none
    /// Tick at which the entry comes up; `Int64.max` where it is not in a slot.
    var tick: Int64 = .max
    var isUsed = false
  }

  private var nodes: [Node] = []
  private var free: [UInt32] = []
  private var heads: [UInt32]
  /// One bit for each slot that holds an entry.
  private var occupied: [UInt64]
  /// All entries with a smaller tick have come up.
  private var current: Int64

  /// Entries that exist, scheduled or not.
  public private(set) var count = 0
  /// Entries that are scheduled.
  public private(set) var scheduledCount = 0

  public init(at start: Instant) {
    heads = [UInt32](repeating: Self.none, count: Self.slotCount)
    occupied = [UInt64](repeating: 0, count: Self.slotCount / 64)
    current = Self.tickOf(start)
  }

  /// The tick at which an instant has passed: rounded up, so that nothing comes early.
  private static func tickOf(_ instant: Instant) -> Int64 {
    let length = tick.nanoseconds
    return instant.nanoseconds / length + (instant.nanoseconds % length > 0 ? 1 : 0)
  }

  /// A new entry, not scheduled.
  public mutating func add() -> Entry {
    count += 1
    if let index = free.popLast() {
      nodes[Int(index)] = Node(isUsed: true)
      return Entry(index: index)
    }
    nodes.append(Node(isUsed: true))
    return Entry(index: UInt32(nodes.count - 1))
  }

  /// Ends an entry.
  public mutating func remove(_ entry: Entry) {
    precondition(nodes[Int(entry.index)].isUsed, "the entry was removed before")
    unlink(entry.index)
    nodes[Int(entry.index)].isUsed = false
    free.append(entry.index)
    count -= 1
  }

  /// Makes sure that the entry comes up no later than `deadline` (or one turn of the wheel, if that is sooner).
  ///
  /// - Returns: true where the entry was moved, which means that the shell's own timer may have to be armed anew.
  @inlinable
  public mutating func schedule(_ entry: Entry, by deadline: Instant) -> Bool {
    guard deadline != .never else { return false }
    return place(entry, by: deadline)
  }

  @usableFromInline
  mutating func place(_ entry: Entry, by deadline: Instant) -> Bool {
    let wanted = max(min(Self.tickOf(deadline), current + Int64(Self.slotCount) - 1), current + 1)
    guard wanted < nodes[Int(entry.index)].tick else { return false }
    unlink(entry.index)
    link(entry.index, at: wanted)
    return true
  }

  /// The instant at which the next entry comes up.
  public var next: Instant {
    guard scheduledCount > 0 else { return .never }
    let words = occupied.count
    let from = Int((current + 1) & Int64(Self.slotCount - 1))
    var word = from / 64
    var bits = occupied[word] & (UInt64.max << UInt64(from % 64))
    for _ in 0...words {
      if bits != 0 {
        let slot = word * 64 + bits.trailingZeroBitCount
        let distance = (slot - from + Self.slotCount) % Self.slotCount
        return Instant(nanoseconds: (current + 1 + Int64(distance)) * Self.tick.nanoseconds)
      }
      word = (word + 1) % words
      bits = occupied[word]
    }
    return .never
  }

  /// Moves on to `now` and gives the entries that came up, in the order of their ticks. They are no longer scheduled.
  public mutating func advance(to now: Instant, into due: inout [Entry]) {
    let target = now.nanoseconds / Self.tick.nanoseconds
    // After a long sleep one turn visits every slot.
    let last = min(target, current + Int64(Self.slotCount))
    while current < last {
      current += 1
      let slot = Int(current & Int64(Self.slotCount - 1))
      guard occupied[slot / 64] & (1 << UInt64(slot % 64)) != 0 else { continue }
      while heads[slot] != Self.none {
        let index = heads[slot]
        unlink(index)
        due.append(Entry(index: index))
      }
    }
    current = max(current, target)
  }

  private mutating func link(_ index: UInt32, at tick: Int64) {
    let slot = Int(tick & Int64(Self.slotCount - 1))
    let head = heads[slot]
    nodes[Int(index)].tick = tick
    nodes[Int(index)].previous = Self.none
    nodes[Int(index)].next = head
    if head != Self.none { nodes[Int(head)].previous = index }
    heads[slot] = index
    occupied[slot / 64] |= 1 << UInt64(slot % 64)
    scheduledCount += 1
  }

  private mutating func unlink(_ index: UInt32) {
    let node = nodes[Int(index)]
    guard node.tick != .max else { return }
    let slot = Int(node.tick & Int64(Self.slotCount - 1))
    if node.previous == Self.none {
      heads[slot] = node.next
      if node.next == Self.none { occupied[slot / 64] &= ~(1 << UInt64(slot % 64)) }
    } else {
      nodes[Int(node.previous)].next = node.next
    }
    if node.next != Self.none { nodes[Int(node.next)].previous = node.previous }
    nodes[Int(index)].tick = .max
    scheduledCount -= 1
  }
}
