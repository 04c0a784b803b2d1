public import SluiceCore

/// How often each cause was seen, and who saw it last. Takes no memory until the first failure.
public struct CauseCounts: Equatable, Sendable {
  public struct Entry: Equatable, Sendable {
    public var count: UInt64 = 0
    /// The last incident of this cause; nil: it makes none.
    public var example: ExchangeID?
    /// When that began, in Unix milliseconds.
    public var exampleTime: Int64 = 0
  }

  /// By `Cause.rawValue`.
  private var entries: [Entry] = []

  public init() {}

  public mutating func add(_ cause: Cause) {
    reserve()
    entries[Int(cause.rawValue)].count &+= 1
  }

  /// - Parameter time: Unix milliseconds.
  public mutating func add(_ cause: Cause, example: ExchangeID, at time: Int64) {
    add(cause)
    entries[Int(cause.rawValue)].example = example
    entries[Int(cause.rawValue)].exampleTime = time
  }

  public mutating func add(_ other: CauseCounts) {
    guard !other.entries.isEmpty else { return }
    reserve()
    for (index, entry) in other.entries.enumerated() where entry.count > 0 {
      entries[index].count &+= entry.count
      if entry.exampleTime > entries[index].exampleTime {
        entries[index].example = entry.example
        entries[index].exampleTime = entry.exampleTime
      }
    }
  }

  /// Those that were seen, in the order of the enum.
  public var seen: [(cause: Cause, entry: Entry)] {
    Cause.allCases.compactMap { cause in
      let index = Int(cause.rawValue)
      return index < entries.count && entries[index].count > 0 ? (cause, entries[index]) : nil
    }
  }

  public subscript(cause: Cause) -> UInt64 {
    Int(cause.rawValue) < entries.count ? entries[Int(cause.rawValue)].count : 0
  }

  public var isEmpty: Bool { entries.isEmpty }

  private mutating func reserve() {
    if entries.isEmpty { entries = [Entry](repeating: Entry(), count: Cause.allCases.count) }
  }
}
