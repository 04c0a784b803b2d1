/// How many requests there were, by place and time: what failures are compared with, and how the story sees that an
/// endpoint serves again.
struct Traffic: Equatable, Sendable {
  struct Place: Hashable, Sendable {
    var product: LogProduct
    var upstream: String?
    var endpoint: String?
  }

  struct Counts: Equatable, Sendable {
    var requests: SlotCounts
    var failed: SlotCounts
  }

  /// Places that are held; requests of further ones count only altogether.
  static let placesMax = 512
  /// Slots of each place.
  static let slotsMax = 1024

  private(set) var places: [Place: Counts] = [:]
  private(set) var all: Counts
  private(set) var statuses: [UInt16: Int] = [:]
  private(set) var requests = 0
  /// Unix time in seconds.
  private(set) var first: Int64?
  private(set) var last: Int64?

  init() { all = Self.empty(Self.slotSeconds) }

  /// Seconds of a slot where nothing made them longer.
  static let slotSeconds: Int64 = 10

  /// - Returns: The places of the tally, those with the most requests first.
  @discardableResult
  mutating func add(_ tally: TrafficTally) -> [Place] {
    requests += tally.requests
    statuses.merge(tally.statuses, uniquingKeysWith: +)
    var sums: [Place: Int] = [:]
    var counted: [(place: Place, slot: Int64, count: TrafficTally.Count)] = []
    for (key, count) in tally.counts {
      let place = Place(
        product: key.product, upstream: key.upstream.map(EndpointName.shortened),
        endpoint: key.endpoint.map(EndpointName.shortened))
      sums[place, default: 0] += count.requests
      guard let slot = key.slot, slot.magnitude <= (LogEntry.timeMax / 1000).magnitude else { continue }
      counted.append((place, slot, count))
    }
    // A dictionary has another order in each run: which of too many places are held must not depend on it.
    let ranked = Self.ranked(sums)
    let timed = Set(counted.map(\.place))
    all.widen(to: tally.slotSeconds)
    for place in ranked where timed.contains(place) {
      if places[place] == nil, places.count < Self.placesMax { places[place] = Self.empty(tally.slotSeconds) }
      places[place]?.widen(to: tally.slotSeconds)
    }
    for (place, slot, count) in counted {
      first = min(first ?? slot, slot)
      last = max(last ?? slot, slot)
      all.add(slot, count)
      places[place]?.add(slot, count)
    }
    return ranked
  }

  private static func ranked(_ sums: [Place: Int]) -> [Place] {
    func names(_ place: Place) -> (String, String, String) {
      (place.product.rawValue, place.upstream ?? "", place.endpoint ?? "")
    }
    return sums.sorted { one, other in
      one.value == other.value ? names(one.key) < names(other.key) : one.value > other.value
    }.map(\.key)
  }

  func hasRequests(of product: LogProduct) -> Bool { places.keys.contains { $0.product == product } }

  private static func empty(_ slotSeconds: Int64) -> Counts {
    let slots = SlotCounts(slotSeconds: slotSeconds, slotsMax: slotsMax)
    return Counts(requests: slots, failed: slots)
  }
}

extension Traffic.Counts {
  mutating func add(_ slot: Int64, _ count: TrafficTally.Count) {
    requests.add(slot, count.requests)
    // Their slots are compared, so they are of one length.
    failed.widen(to: requests.slotSeconds)
    if count.failed > 0 { failed.add(slot, count.failed) }
  }

  mutating func widen(to seconds: Int64) {
    requests.widen(to: seconds)
    failed.widen(to: seconds)
  }

  /// Requests that were answered well in slots that touch the range, in Unix time in seconds.
  func served(from first: Int64, through last: Int64) -> Int {
    max(requests.count(from: first, through: last) - failed.count(from: first, through: last), 0)
  }

  /// Requests between two moments, in Unix time in seconds; nil where slots are too long to tell: of long ones only
  /// those count that lie between the two.
  func requests(within first: Int64, _ last: Int64) -> Int? {
    requests.slotSeconds > Traffic.slotSeconds
      ? requests.count(within: first, last) : requests.count(from: first, through: last)
  }

  /// The same of those that were answered well.
  func served(within first: Int64, _ last: Int64) -> Int? {
    guard requests.slotSeconds > Traffic.slotSeconds else { return served(from: first, through: last) }
    return requests.count(within: first, last).map { max($0 - (failed.count(within: first, last) ?? 0), 0) }
  }

  /// Requests that were answered well before a moment, in Unix time in seconds; nil where that is not known: slots are
  /// long, and only that of the moment has some.
  func served(before second: Int64) -> Int? {
    known(max(requests.count(before: second) - failed.count(before: second), 0), at: second)
  }

  /// The same behind the moment.
  func served(after second: Int64) -> Int? {
    known(max(requests.count(after: second) - failed.count(after: second), 0), at: second)
  }

  private func known(_ count: Int, at second: Int64) -> Int? {
    guard count == 0, requests.slotSeconds > Traffic.slotSeconds else { return count }
    return served(from: second, through: second) > 0 ? nil : 0
  }
}
