/// Chooses an endpoint of one upstream, as one worker sees it.
///
/// Responsibilities: the share of each endpoint by policy and weight, the count of requests in progress, and the reason
/// of each choice. Not handled here: health, ejection, limits and slow start, which say through `unavailable` what may
/// not be chosen.
///
/// One value for all policies, because all of them keep the same few numbers for each endpoint; what a policy does
/// stands in its own file. A pick reads no clock and draws no random number: both come with the context, so that every
/// choice can be replayed.
public struct Balancer: Sendable {
  enum Kind: Sendable {
    case roundRobin, leastRequest, peakEWMA, random, consistentHash
  }

  /// The numbers of one endpoint.
  struct Load: Sendable {
    var endpoint: BalancedEndpoint
    var inProgress: UInt32 = 0
    /// Of the smooth round robin.
    var credit: Int64 = 0
    /// Peak-sensitive moving average of the latency, in nanoseconds, at `averagedAt`.
    var average: Double = Balancer.latencyInitial
    var averagedAt = Instant(nanoseconds: .min)

    var weight: UInt64 { UInt64(endpoint.weight) }
  }

  let kind: Kind
  /// Whether a cookie may name the endpoint.
  public let isSticky: Bool
  var loads: [Load]
  /// Sums of the weights up to and including each endpoint; empty where all weights are equal.
  let cumulative: [UInt64]
  let ring: HashRing
  /// Whose turn it is in an upstream of equal weights.
  var turn: Int
  /// Endpoints without a weight.
  private let weightless: EndpointSet

  /// - Parameter endpoints: those beyond `EndpointSet.capacity` get no requests; the configuration refuses them.
  public init(policy: BalancePolicy, endpoints: [BalancedEndpoint]) {
    let endpoints = endpoints.prefix(EndpointSet.capacity)
    (kind, isSticky) = Self.kind(policy)
    loads = endpoints.map { Load(endpoint: $0) }
    weightless = EndpointSet(endpoints.indices.filter { endpoints[$0].weight == 0 })
    cumulative = Self.cumulative(endpoints.map { UInt64($0.weight) })
    ring = kind == .consistentHash ? HashRing(Array(endpoints)) : HashRing([])
    turn = -1
  }

  private static func cumulative(_ weights: [UInt64]) -> [UInt64] {
    guard Set(weights).count > 1 else { return [] }
    var sum: UInt64 = 0
    return weights.map { weight in
      sum += weight
      return sum
    }
  }

  private static func kind(_ policy: BalancePolicy) -> (Kind, Bool) {
    switch policy {
    case .roundRobin: (.roundRobin, false)
    case .leastRequest: (.leastRequest, false)
    case .peakEWMA: (.peakEWMA, false)
    case .random: (.random, false)
    case .consistentHash: (.consistentHash, false)
    case .sticky(_, let fallback): (kind(fallback).0, true)
    }
  }

  public var count: Int { loads.count }

  /// Requests in progress at an endpoint, from this worker.
  public func inProgress(_ endpoint: Int) -> Int {
    loads.indices.contains(endpoint) ? Int(loads[endpoint].inProgress) : 0
  }

  /// Chooses an endpoint that is neither tried nor unavailable. Whoever takes it says so with `began`.
  public mutating func pick(_ context: PickContext) -> PickDecision {
    if loads.count == 1 { return pickOnly(context) }
    var excluded = context.unavailable
    excluded.formUnion(weightless)
    let unavailable = excluded
    excluded.formUnion(context.tried)
    let free = loads.count - excludedCount(excluded)
    guard free > 0 else { return .none(miss(unavailable)) }
    if isSticky { return pickSticky(context, excluded, free) }
    return pickByPolicy(context, excluded, free)
  }

  /// A request was given to the endpoint.
  public mutating func began(_ endpoint: Int, at: Instant) {
    guard loads.indices.contains(endpoint) else { return }
    loads[endpoint].inProgress += 1
  }

  /// A request at the endpoint is over.
  ///
  /// - Parameter latency: to the final head; nil where none came, which teaches nothing about latency.
  public mutating func ended(_ endpoint: Int, latency: TimeSpan?, at: Instant) {
    guard loads.indices.contains(endpoint) else { return }
    assert(loads[endpoint].inProgress > 0, "a request ends that did not begin")
    if loads[endpoint].inProgress > 0 { loads[endpoint].inProgress -= 1 }
    if kind == .peakEWMA, let latency { observe(latency, endpoint, at) }
  }

  /// The balancer of changed endpoints: what is known of those that stay, stays known.
  public func replacing(policy: BalancePolicy, endpoints: [BalancedEndpoint]) -> Balancer {
    var result = Balancer(policy: policy, endpoints: endpoints)
    let known = Dictionary(loads.map { ($0.endpoint.identity, $0) }) { first, _ in first }
    for index in result.loads.indices {
      guard var load = known[result.loads[index].endpoint.identity] else { continue }
      load.endpoint = result.loads[index].endpoint
      // Credit belongs to one set of weights.
      load.credit = 0
      result.loads[index] = load
    }
    return result
  }

  mutating func pickByPolicy(_ context: PickContext, _ excluded: EndpointSet, _ free: Int) -> PickDecision {
    switch kind {
    case .roundRobin: pickByTurn(context, excluded)
    case .leastRequest: pickLeastRequest(context, excluded, free)
    case .peakEWMA: pickPeakEWMA(context, excluded, free)
    case .random: pickRandom(context, excluded, free)
    case .consistentHash: pickHashed(context, excluded)
    }
  }

  private func pickOnly(_ context: PickContext) -> PickDecision {
    if weightless.contains(0) { return .none(.emptyPool) }
    if context.unavailable.contains(0) { return .none(.allUnavailable) }
    if context.tried.contains(0) { return .none(.allTried) }
    return .picked(0, .only)
  }

  private func miss(_ unavailable: EndpointSet) -> PickMiss {
    if weightless.count == loads.count { return .emptyPool }
    return excludedCount(unavailable) == loads.count ? .allUnavailable : .allTried
  }

  /// Members of the set that are endpoints: the set may name more than there are.
  private func excludedCount(_ set: EndpointSet) -> Int {
    set.isEmpty ? 0 : loads.indices.count { set.contains($0) }
  }
}
