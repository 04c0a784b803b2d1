/// A set of address ranges that is asked for each request: sorted and merged, so that a long list costs a binary
/// search.
public struct AddressSet: Hashable, Sendable {
  /// First and last numbers of disjoint ranges, in order.
  private var v4: [ClosedRange<UInt32>]
  private var v6: [ClosedRange<UInt128>]
  private var hasUnix: Bool

  public static let empty = AddressSet([])

  public init(_ ranges: [AddressRange]) {
    v4 = Self.merged(ranges.filter { $0.first.family == .v4 }.map { $0.first.v4Number...$0.last.v4Number })
    v6 = Self.merged(ranges.filter { $0.first.family == .v6 }.map { $0.first.v6Number...$0.last.v6Number })
    hasUnix = ranges.contains { $0.first.family == .unix }
  }

  public var isEmpty: Bool { v4.isEmpty && v6.isEmpty && !hasUnix }

  public func contains(_ address: EndpointAddress) -> Bool {
    let plain = address.unmapped
    return switch plain.family {
    case .none: false
    case .unix: hasUnix
    case .v4: Self.contains(plain.v4Number, in: v4)
    case .v6: Self.contains(plain.v6Number, in: v6)
    }
  }

  private static func contains<Number: Comparable>(_ number: Number, in ranges: [ClosedRange<Number>]) -> Bool {
    var lower = 0
    var upper = ranges.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if ranges[middle].upperBound < number { lower = middle + 1 } else { upper = middle }
    }
    return lower < ranges.count && ranges[lower].contains(number)
  }

  private static func merged<Number: Comparable>(_ ranges: [ClosedRange<Number>]) -> [ClosedRange<Number>] {
    var result: [ClosedRange<Number>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, last.upperBound >= range.lowerBound {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}
