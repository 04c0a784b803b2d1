internal import SluiceCore

/// Which runs of failures are one problem.
///
/// Runs belong together where they are of one place, near each other in time, and of causes that follow from each
/// other: connections that break and then are refused, timeouts after which no endpoint is left. What only happens at
/// the same time stays apart, as an application's own errors beside a certificate that expired.
struct ProblemLinker: Sendable {
  /// Milliseconds between two runs of one problem at most.
  static let reach: Int64 = RunLedger.gapMax
  /// Milliseconds in which one kind of failure follows from another: an application that ends breaks connections and
  /// refuses them from then on.
  static let nearness: Int64 = 60_000

  let book: PlaceBook
  private let runs: [FailureRun]
  private let places: [Int]
  private let strands: [Strand]
  /// Of each run; nil where its upstream is known.
  private let sites: [Site?]
  /// Places that have an upstream's name and no endpoint, and those without a name.
  private let hasEndpoint: Set<Int>

  init(_ runs: [FailureRun], _ book: PlaceBook) {
    let ordered = runs.filter { $0.who != .client }
      .enumerated().sorted { (Self.begin($0.element), $0.offset) < (Self.begin($1.element), $1.offset) }
      .map(\.element)
    self.runs = ordered
    self.book = book
    var numbers: [FailureRun.Key: Int] = [:]
    let places = ordered.map { run in
      let key = run.key
      if let place = book.place(key.product, upstream: key.upstream, endpoint: key.endpoint) { return place }
      let site = FailureRun.Key(product: key.product, upstream: key.upstream, endpoint: key.endpoint, site: key.site)
      // Below zero, where the book has no numbers.
      let number = numbers[site] ?? -1 - numbers.count
      numbers[site] = number
      return number
    }
    self.places = places
    let strands = ordered.map { Strand($0.key.cause) }
    self.strands = strands
    sites = ordered.indices.map { book.upstream(of: places[$0]) == nil ? Site(ordered[$0], strands[$0]) : nil }
    hasEndpoint = Set(zip(places, ordered).compactMap { $1.key.endpoint == nil ? nil : $0 })
  }

  private static func begin(_ run: FailureRun) -> Int64 { run.first ?? .min }

  /// Groups of runs, in the order of their first failure.
  func groups() -> [[FailureRun]] {
    var parents = Array(runs.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }
    for later in runs.indices {
      for earlier in 0..<later where root(earlier) != root(later) && belong(earlier, later) {
        let (low, high) = (min(root(earlier), root(later)), max(root(earlier), root(later)))
        parents[high] = low
      }
    }
    var groups: [Int: [FailureRun]] = [:]
    for index in runs.indices { groups[root(index), default: []].append(runs[index]) }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  /// - Parameter earlier: the index of a run that did not begin after the other.
  private func belong(_ earlier: Int, _ later: Int) -> Bool {
    let (one, other) = (runs[earlier], runs[later])
    guard one.key.product == other.key.product, distance(one, other) <= Self.reach, areOfOnePlace(earlier, later)
    else { return false }
    if one.key.cause == other.key.cause { return true }
    let pair = Set([strands[earlier], strands[later]])
    // What nobody told beside what somebody did is most likely the same.
    if pair.contains(.untold) {
      return distance(one, other) <= Self.nearness
        && !pair.isDisjoint(with: [.unconnected, .broken, .late, .exhausted])
    }
    if pair.contains(.exhausted) {
      // Nothing is left to send to: some other failure took the endpoints away, unless it began long after.
      return strands[earlier] != .exhausted
        ? follows.contains(strands[earlier])
        : follows.contains(strands[later]) && gap(one, other) <= Self.nearness
    }
    if pair.isSubset(of: [.late, .crowded]) { return true }
    if pair.isSubset(of: [.unconnected, .broken, .late]) || pair.isSubset(of: [.unnamed]) {
      return isOneEvent(one, other)
    }
    return pair.count == 1 && pair.isSubset(of: [.local, .insecure]) && pair != [.insecure]
  }

  /// Failures after which a proxy leaves endpoints out.
  private let follows: Set<Strand> = [
    .unconnected, .broken, .late, .crowded, .insecure, .invalid, .unnamed, .exhausted,
  ]

  private func areOfOnePlace(_ one: Int, _ other: Int) -> Bool {
    if places[one] == places[other] || serveTheSame(one, other) { return true }
    // The machine's limits strike everything that it sends to.
    if strands[one] == .local && strands[other] == .local { return true }
    // A name without an endpoint, and endpoints without a name: one of them is what the other calls so.
    guard strands[one] == .exhausted || strands[other] == .exhausted else { return false }
    let (emptied, failing) = strands[one] == .exhausted ? (one, other) : (other, one)
    guard !hasEndpoint.contains(places[emptied]), book.upstream(of: places[failing]) == nil else { return false }
    return shareSite(runs[emptied], runs[failing])
  }

  /// Endpoints of which no line tells the upstream: they are one where the same paths of the same host go to both.
  private func serveTheSame(_ one: Int, _ other: Int) -> Bool {
    guard let left = sites[one], let right = sites[other] else { return false }
    func same(_ name: String?, _ otherName: String?) -> Bool { name == nil || otherName == nil || name == otherName }
    return same(left.route, right.route) && same(left.host, right.host) && !left.paths.isDisjoint(with: right.paths)
  }

  /// What goes to an endpoint of which no line tells the upstream.
  private struct Site: Sendable {
    var route: String?
    var host: String?
    var paths: Set<String>

    init?(_ run: FailureRun, _ strand: Strand) {
      guard run.key.endpoint != nil, [.unconnected, .broken, .late].contains(strand) else { return nil }
      route = run.routes.top?.name
      host = run.hosts.top?.name
      paths = Set(run.paths.ranked.map(\.name))
    }
  }

  private func shareSite(_ one: FailureRun, _ other: FailureRun) -> Bool {
    if let route = one.routes.top?.name, let otherRoute = other.routes.top?.name { return route == otherRoute }
    if let host = one.hosts.top?.name, let otherHost = other.hosts.top?.name { return host == otherHost }
    return one.paths.ranked.contains { other.paths.count(of: $0.name) > 0 }
  }

  /// Milliseconds between the two where one ended before the other began, else 0.
  private func distance(_ one: FailureRun, _ other: FailureRun) -> Int64 {
    guard let last = one.last, let begin = other.first else { return 0 }
    return max(begin - last, 0)
  }

  private func gap(_ one: FailureRun, _ other: FailureRun) -> Int64 {
    guard let first = one.first, let begin = other.first else { return 0 }
    return begin - first
  }

  /// Whether two kinds of failure are one happening: the shorter is a burst where the longer begins or ends, or most of
  /// both lies in the same time. A thin trickle of broken connections over hours is not the restart within them.
  private func isOneEvent(_ one: FailureRun, _ other: FailureRun) -> Bool {
    guard let first = one.first, let last = one.last, let begin = other.first, let end = other.last else { return true }
    let (shorter, longer) = last - first <= end - begin ? (one, other) : (other, one)
    guard let burst = shorter.first, let burstEnd = shorter.last, let long = longer.first, let longEnd = longer.last
    else { return true }
    let isAtBeginning = burst >= long - Self.nearness && burstEnd <= long + Self.nearness
    let isAtEnd = burst >= longEnd - Self.nearness && burstEnd <= longEnd + Self.nearness
    if isAtBeginning || isAtEnd { return true }
    let from = (burst - Self.nearness).dividedDown(by: 1000)
    let through = (burstEnd + Self.nearness).dividedDown(by: 1000)
    return 2 * longer.slots.count(from: from, through: through) >= longer.count
  }
}
