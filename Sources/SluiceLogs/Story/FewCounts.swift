/// Counts of a few things, such as owners or statuses: asked one after the other, which for so few is quicker than a
/// table. They stand in the order in which they first came.
struct FewCounts<Key: Hashable & Sendable>: Equatable, Sendable {
  private var held: [Held] = []

  private struct Held: Equatable, Sendable {
    var key: Key
    var count: Int
  }

  mutating func add(_ key: Key) {
    for index in held.indices where held[index].key == key {
      held[index].count += 1
      return
    }
    held.append(Held(key: key, count: 1))
  }

  var counts: [Key: Int] { held.reduce(into: [:]) { $0[$1.key] = $1.count } }

  /// Whether the same was counted, in whatever order.
  static func == (one: FewCounts, other: FewCounts) -> Bool { one.counts == other.counts }
}
