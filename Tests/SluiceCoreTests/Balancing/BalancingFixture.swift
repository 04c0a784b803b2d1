import SluiceCore

/// What the tests of balancing share.
enum BalancingFixture {
  /// The policies that are held to the same rules.
  static let allPolicies: [BalancePolicy] = [
    .roundRobin, .leastRequest, .peakEWMA, .random, .consistentHash(.path),
    .sticky(cookie: "s", fallback: .leastRequest), .sticky(cookie: "s", fallback: .roundRobin),
  ]

  static let start = Instant(nanoseconds: 0)

  /// Endpoints with identities that only the tests know.
  static func endpoints(_ weights: [UInt32]) -> [BalancedEndpoint] {
    weights.enumerated().map { index, weight in
      BalancedEndpoint(identity: SipHash(low: 1, high: 2).hash("endpoint \(index)"), weight: weight)
    }
  }
}
