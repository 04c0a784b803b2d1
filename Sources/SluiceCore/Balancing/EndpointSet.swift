/// A set of endpoints of one upstream, by index. Up to 64 it lives in one word and allocates nothing.
public struct EndpointSet: Hashable, Sendable {
  /// Endpoints that one upstream may have.
  public static let capacity = 1024

  private var first: UInt64 = 0
  /// Words behind the first, as many as were needed.
  private var rest: [UInt64] = []

  public static let empty = EndpointSet()

  public init() {}

  public init(_ indices: some Sequence<Int>) {
    for index in indices { insert(index) }
  }

  /// Indices outside of the capacity are in no set.
  public func contains(_ index: Int) -> Bool {
    guard 0..<Self.capacity ~= index else { return false }
    if index < 64 { return first & (1 << UInt64(index)) != 0 }
    let word = index / 64 - 1
    return word < rest.count && rest[word] & (1 << UInt64(index % 64)) != 0
  }

  public mutating func insert(_ index: Int) {
    guard 0..<Self.capacity ~= index else { return }
    if index < 64 {
      first |= 1 << UInt64(index)
      return
    }
    let word = index / 64 - 1
    while rest.count <= word { rest.append(0) }
    rest[word] |= 1 << UInt64(index % 64)
  }

  public mutating func remove(_ index: Int) {
    guard 0..<Self.capacity ~= index else { return }
    if index < 64 {
      first &= ~(1 << UInt64(index))
    } else if index / 64 - 1 < rest.count {
      rest[index / 64 - 1] &= ~(1 << UInt64(index % 64))
    }
  }

  public mutating func formUnion(_ other: EndpointSet) {
    first |= other.first
    while rest.count < other.rest.count { rest.append(0) }
    for word in other.rest.indices { rest[word] |= other.rest[word] }
  }

  public var isEmpty: Bool { first == 0 && rest.allSatisfy { $0 == 0 } }

  public var count: Int { rest.reduce(first.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

  public static func == (left: EndpointSet, right: EndpointSet) -> Bool {
    guard left.first == right.first else { return false }
    // A set that once had more words equals one that never did.
    return (0..<max(left.rest.count, right.rest.count)).allSatisfy { left.word($0) == right.word($0) }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(first)
    for word in rest where word != 0 { hasher.combine(word) }
  }

  private func word(_ index: Int) -> UInt64 { index < rest.count ? rest[index] : 0 }
}
