internal import SluiceCore
internal import Synchronization

/// The rate limits of all routes. What their buckets owe outlives reloads.
final class RateLimits: Sendable {
  private struct Place: Hashable {
    var route: String
    var key: RateLimit.Key
    /// Among the route's limits with this key.
    var number: Int
  }

  /// Keyed anew in each process, so that no client can aim at the bucket of another.
  let hash: SipHash
  private let gates = Mutex<[Place: RateLimitGate]>([:])

  init() {
    var random = SystemRandomNumberGenerator()
    hash = SipHash(low: random.next(), high: random.next())
  }

  /// The gates of a route, in the order of its limits.
  func gates(for route: Route) -> [RateLimitGate] {
    var numbers: [RateLimit.Key: Int] = [:]
    return route.rateLimits.map { limit in
      let number = numbers[limit.key, default: 0]
      numbers[limit.key] = number + 1
      let place = Place(route: route.name, key: limit.key, number: number)
      return gates.withLock { known in
        let gate = known[place] ?? RateLimitGate(limit)
        known[place] = gate
        gate.adopt(limit)
        return gate
      }
    }
  }

  /// Forgets limits that a reload removed.
  func keep(_ routes: [Route]) {
    let kept = Set(routes.flatMap { route in route.rateLimits.map { Kept(route: route.name, key: $0.key) } })
    gates.withLock { known in
      known = known.filter { kept.contains(Kept(route: $0.key.route, key: $0.key.key)) }
    }
  }

  private struct Kept: Hashable {
    var route: String
    var key: RateLimit.Key
  }
}
