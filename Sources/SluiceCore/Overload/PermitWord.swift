/// How many permits are in use and how many ask for one, in one word, so that both change in one atomic step.
///
/// Transitions are pure: each gives the word after it, or nil where it is not allowed; the shell exchanges the word
/// atomically. A permit is only taken directly while nobody waits, so the order of arrival holds for the whole process.
public struct PermitWord: Hashable, Sendable {
  /// In use in the low half, waiting in the high half.
  public var bits: UInt64

  public init(bits: UInt64) { self.bits = bits }

  public static let empty = PermitWord(bits: 0)

  public var inUse: UInt32 { UInt32(truncatingIfNeeded: bits) }
  public var waiting: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }

  private static let one: UInt64 = 1
  private static let oneWaiting: UInt64 = 1 << 32

  /// A permit is free and nobody is before us.
  public func acquiring(capacity: UInt32) -> PermitWord? {
    waiting == 0 && inUse < capacity ? PermitWord(bits: bits + Self.one) : nil
  }

  /// No permit is free, or others were before us, but a place in the queue is.
  ///
  /// It looks for a free permit in the same step: one that came free since the caller looked was given back by somebody
  /// who saw nobody wait, and would be passed on to nobody. nil with a permit free means that the caller should acquire
  /// again.
  public func queueing(capacity: UInt32, limit: UInt32) -> PermitWord? {
    acquiring(capacity: capacity) == nil && waiting < limit ? PermitWord(bits: bits + Self.oneWaiting) : nil
  }

  /// Nobody waits: the permit is free again.
  public func releasing() -> PermitWord? {
    waiting == 0 && inUse > 0 ? PermitWord(bits: bits - Self.one) : nil
  }

  /// A permit above a smaller capacity is taken back although somebody waits.
  public func shrinking(capacity: UInt32) -> PermitWord? {
    inUse > capacity ? PermitWord(bits: bits - Self.one) : nil
  }

  /// A waiter takes over the permit that another gives back.
  public func passingOn() -> PermitWord? {
    waiting > 0 ? PermitWord(bits: bits - Self.oneWaiting) : nil
  }

  /// A waiter takes a permit that has become free (the capacity grew).
  public func promoting(capacity: UInt32) -> PermitWord? {
    waiting > 0 && inUse < capacity ? PermitWord(bits: bits - Self.oneWaiting + Self.one) : nil
  }

  /// A waiter gives up.
  public func leaving() -> PermitWord? { passingOn() }
}
