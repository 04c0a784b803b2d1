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

  init() { all = Self.empty(10) }

  mutating func add(_ tally: TrafficTally) {
    requests += tally.requests
    statuses.merge(tally.statuses, uniquingKeysWith: +)
    for (key, count) in tally.counts {
      guard let slot = key.slot, slot.magnitude <= (LogEntry.timeMax / 1000).magnitude else { continue }
      first = min(first ?? slot, slot)
      last = max(last ?? slot, slot)
      all.add(slot, count)
      let place = Place(
        product: key.product, upstream: key.upstream.map(EndpointName.shortened),
        endpoint: key.endpoint.map(EndpointName.shortened))
      if places[place] == nil {
        guard places.count < Self.placesMax else { continue }
        places[place] = Self.empty(tally.slotSeconds)
      }
      places[place]?.add(slot, count)
    }
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
    if count.failed > 0 { failed.add(slot, count.failed) }
  }

  /// Requests that were answered well in slots that touch the range, in Unix time in seconds.
  func served(from first: Int64, through last: Int64) -> Int {
    max(requests.count(from: first, through: last) - failed.count(from: first, through: last), 0)
  }
}
