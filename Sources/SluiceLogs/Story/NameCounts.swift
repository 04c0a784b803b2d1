/// How often names occur, the frequent ones exactly enough: memory is bounded however many names there are.
///
/// The way is that of Metwally and others, "Efficient computation of frequent and top-k elements" (2005): a new name
/// takes the place and the count of the rarest one. Such a count may be too large by what it took over, which is
/// remembered and left out of what is told.
struct NameCounts: Equatable, Sendable {
  /// Names that are held.
  static let namesMax = 24

  /// One after another: a log whose every failure names another client or path asks for each of them, and comparing
  /// two dozen numbers is cheaper than a table.
  private struct Held: Equatable, Sendable {
    var name: String
    var hash: Int
    var count: Int
    var inherited: Int
  }

  private var held: [Held] = []
  private(set) var total = 0

  mutating func add(_ name: String?, _ count: Int = 1) {
    guard let name else { return }
    total += count
    let hash = name.hashValue
    var rarest = 0
    for index in held.indices {
      if held[index].hash == hash, held[index].name == name {
        held[index].count += count
        return
      }
      if held[index].count < held[rarest].count { rarest = index }
    }
    if held.count < Self.namesMax {
      held.append(Held(name: name, hash: hash, count: count, inherited: 0))
    } else {
      let before = held[rarest].count
      held[rarest] = Held(name: name, hash: hash, count: before + count, inherited: before)
    }
  }

  mutating func add(_ other: NameCounts) {
    let before = total
    for held in other.held.sorted(by: { $0.name < $1.name }) { add(held.name, held.count - held.inherited) }
    total = before + other.total
  }

  /// The most frequent first; counts are never too large.
  var ranked: [(name: String, count: Int)] {
    held.map { (name: $0.name, count: $0.count - $0.inherited) }
      .filter { $0.count > 0 }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  var top: (name: String, count: Int)? { ranked.first }

  func count(of name: String) -> Int { held.first { $0.name == name }.map { $0.count - $0.inherited } ?? 0 }

  /// Whether every name that was told is held with its exact count.
  var isComplete: Bool {
    held.reduce(0) { $0 + $1.count } == total && held.allSatisfy { $0.inherited == 0 }
  }
}
