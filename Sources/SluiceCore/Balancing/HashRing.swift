/// A ring of hashed points, several for each endpoint: a request belongs to the first point at or behind its hash.
///
/// An endpoint's points depend on its identity and weight alone, so one that comes or goes moves only the requests that
/// are or were its own. The number of points is bounded; above the bound all endpoints get fewer.
struct HashRing: Sendable {
  /// Points of an endpoint of weight 1, as long as there is room.
  static let pointsForEach: UInt64 = 160
  /// Points in all: 512 KiB.
  static let pointsMax: UInt64 = 65_536

  /// The point's hash in the high 48 bits and its endpoint in the low 16, in order.
  private let points: [UInt64]

  init(_ endpoints: [BalancedEndpoint]) {
    let total = endpoints.reduce(UInt64(0)) { $0 + UInt64($1.weight) }
    // Halved until it fits: so that the counts change seldom, because requests move when they do.
    var share = Self.pointsForEach
    while share > 1, share * total > Self.pointsMax { share /= 2 }
    let isCrowded = share * total > Self.pointsMax
    var points: [UInt64] = []
    for (index, endpoint) in endpoints.enumerated() where endpoint.weight > 0 {
      let weight = UInt64(endpoint.weight)
      let count = isCrowded ? max(1, weight * Self.pointsMax / total) : weight * share
      var random = SplitMix64(seed: endpoint.identity)
      for _ in 0..<count { points.append(random.next() & ~0xffff | UInt64(index)) }
    }
    self.points = points.sorted()
  }

  var count: Int { points.count }

  /// The endpoint of a point; positions go round.
  func endpoint(_ position: Int) -> Int { Int(points[position % points.count] & 0xffff) }

  /// The position of the first point at or behind the hash.
  func position(_ hash: UInt64) -> Int {
    let target = hash & ~0xffff
    var lower = 0
    var upper = points.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if points[middle] < target { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}
