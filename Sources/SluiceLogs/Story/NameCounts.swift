/// How often names occur, the frequent ones exactly enough: memory is bounded however many names there are.
///
/// The way is that of Metwally and others, "Efficient computation of frequent and top-k elements" (2005): a new name
/// takes the place and the count of the rarest one. Such a count may be too large by what it took over, which is
/// remembered and left out of what is told.
struct NameCounts: Equatable, Sendable {
  /// Names that are held.
  static let namesMax = 24

  private struct Held: Equatable, Sendable {
    var count: Int
    var inherited: Int
  }

  private var held: [String: Held] = [:]
  private(set) var total = 0

  mutating func add(_ name: String?, _ count: Int = 1) {
    guard let name else { return }
    total += count
    if held[name] != nil {
      held[name]?.count += count
    } else if held.count < Self.namesMax {
      held[name] = Held(count: count, inherited: 0)
    } else if let rarest = held.min(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) {
      held[rarest.key] = nil
      held[name] = Held(count: rarest.value.count + count, inherited: rarest.value.count)
    }
  }

  mutating func add(_ other: NameCounts) {
    let before = total
    for (name, held) in other.held.sorted(by: { $0.key < $1.key }) { add(name, held.count - held.inherited) }
    total = before + other.total
  }

  /// The most frequent first; counts are never too large.
  var ranked: [(name: String, count: Int)] {
    held.map { (name: $0.key, count: $0.value.count - $0.value.inherited) }
      .filter { $0.count > 0 }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  var top: (name: String, count: Int)? { ranked.first }

  func count(of name: String) -> Int { held[name].map { $0.count - $0.inherited } ?? 0 }

  /// Whether every name that was told is held with its exact count.
  var isComplete: Bool {
    held.values.reduce(0) { $0 + $1.count } == total && held.values.allSatisfy { $0.inherited == 0 }
  }
}
