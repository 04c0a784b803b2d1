/// Failed openings by reason.
public struct OpeningCounts: Sendable, Equatable {
  private var counts = [UInt64](repeating: 0, count: OpeningFailure.allCases.count)

  public init() {}

  public subscript(reason: OpeningFailure) -> UInt64 {
    get { counts[Int(reason.rawValue)] }
    set { counts[Int(reason.rawValue)] = newValue }
  }

  mutating func add(_ other: OpeningCounts) {
    for reason in OpeningFailure.allCases { self[reason] += other[reason] }
  }
}
