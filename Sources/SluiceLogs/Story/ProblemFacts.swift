internal import SluiceCore
internal import SluiceDiagnosis

/// What patterns look at: a draft, and what was seen around it.
struct ProblemFacts: Sendable {
  /// Seconds around failures in which requests at other endpoints count as being at the same time.
  static let around: Int64 = 10
  /// Endpoints that are looked at one by one.
  static let endpointsMax = 32

  let draft: ProblemDraft
  /// Traffic at the place.
  let traffic: [Traffic.Place: Traffic.Counts]
  /// Names of endpoints that failed, to the number of failures, the most frequent first.
  let failing: [(name: String, count: Int)]
  /// The first of them.
  let endpoints: [EndpointFacts]
  /// Other endpoints of the same upstream, to the requests that they answered well in the same time.
  let others: [String: Int]
  /// Requests at the place: before, while and after it failed; nil where no access log tells them, or not exactly
  /// enough.
  let requests: Int?
  let servedBefore: Int?
  let servedDuring: Int?
  let servedAfter: Int?
  /// Requests of the product that were answered well afterwards, where its access log tells no upstream or endpoint:
  /// they may have been elsewhere.
  let servedElsewhere: Int?
  /// Requests at the place, or of the product where its access log tells no places, that were answered well at any
  /// time of the logs.
  let served: Int
  /// Unix time in milliseconds.
  let begin: Int64?
  let end: Int64?
  let isOngoing: Bool
  /// Whether logs cover more than one day, so that a time alone says too little.
  let spansDays: Bool

  /// Milliseconds before the end of the logs in which a failure means that the problem goes on: 1 minute. Logs that are
  /// shorter tell of no end.
  static let ongoingWithin: Int64 = 60_000

  init(_ draft: ProblemDraft, _ traffic: Traffic, begin: Int64?, end: Int64?) {
    self.draft = draft
    self.begin = begin
    self.end = end
    isOngoing = Self.goesOn(draft, begin, end)
    spansDays = if let begin, let end { end - begin > 72_000_000 } else { false }
    let failed = draft.endpoints
    let names = Set(failed.map(\.name))
    let nameless = traffic.places.filter { place, _ in
      place.product == draft.product && place.upstream == nil && place.endpoint == nil
    }
    servedElsewhere = Self.sum(Array(nameless.values), draft.last?.dividedDown(by: 1000)) { $0.served(after: $1) }
    let here = traffic.places.filter { place, _ in
      guard place.product == draft.product else { return false }
      if let upstream = draft.upstream, let name = place.upstream { return name == upstream }
      return place.endpoint.map(names.contains) ?? (draft.upstream == nil && names.isEmpty)
    }
    self.traffic = here
    served = (here.isEmpty ? nameless : here).values.reduce(0) { $0 + $1.served(from: .min / 4, through: .max / 4) }
    failing = failed
    let all = Array(here.values)
    let (first, last) = (draft.first?.dividedDown(by: 1000), draft.last?.dividedDown(by: 1000))
    requests = Self.sum(all, first, last) { $0.requests(within: $1, $2) }
    servedDuring = Self.sum(all, first, last) { $0.served(within: $1, $2) }
    servedBefore = Self.sum(all, first) { $0.served(before: $1) }
    servedAfter = Self.sum(all, last) { $0.served(after: $1) }
    endpoints = failed.prefix(Self.endpointsMax).map { Self.facts($0.name, $0.count, draft, here) }
    others = here.reduce(into: [:]) { others, place in
      guard let name = place.key.endpoint, name != TrafficTally.others, !names.contains(name), let first, let last
      else { return }
      let served = place.value.served(from: first - Self.around, through: last + Self.around)
      if served > 0 { others[name, default: 0] += served }
    }
  }

  /// One failure goes on for nobody.
  private static func goesOn(_ draft: ProblemDraft, _ begin: Int64?, _ end: Int64?) -> Bool {
    guard let last = draft.last, let begin, let end, draft.count > 1, end - begin >= ongoingWithin else { return false }
    return end - last <= ongoingWithin
  }

  /// nil where one of them is not known and the others are nothing, too.
  private static func sum(
    _ counts: [Traffic.Counts], _ first: Int64?, _ last: Int64?, _ count: (Traffic.Counts, Int64, Int64) -> Int?
  ) -> Int? {
    guard !counts.isEmpty, let first, let last else { return nil }
    let known = counts.map { count($0, first, last) }
    let sum = known.reduce(0) { $0 + ($1 ?? 0) }
    return sum == 0 && known.contains(nil) ? nil : sum
  }

  private static func sum(
    _ counts: [Traffic.Counts], _ moment: Int64?, _ count: (Traffic.Counts, Int64) -> Int?
  ) -> Int? {
    sum(counts, moment, moment) { counts, moment, _ in count(counts, moment) }
  }

  private static func facts(
    _ name: String, _ failures: Int, _ draft: ProblemDraft, _ here: [Traffic.Place: Traffic.Counts]
  ) -> EndpointFacts {
    let runs = draft.runs.filter { $0.key.endpoint == name }
    let (first, last) = (runs.compactMap(\.first).min(), runs.compactMap(\.last).max())
    let counts = here.filter { $0.key.endpoint == name }.map(\.value)
    let (begin, end) = (first?.dividedDown(by: 1000), last?.dividedDown(by: 1000))
    let isUp = draft.events.contains { seen in
      guard seen.event.kind == .endpointUp, seen.event.endpoint == name else { return false }
      guard let time = seen.last, let last else { return true }
      return time >= last - 1000
    }
    return EndpointFacts(
      name: name, failures: failures, first: first, last: last,
      servedBefore: sum(counts, begin) { $0.served(before: $1) },
      servedDuring: sum(counts, begin, end) { $0.served(within: $1, $2) },
      servedAfter: sum(counts, end) { $0.served(after: $1) }, isUp: isUp)
  }
}
