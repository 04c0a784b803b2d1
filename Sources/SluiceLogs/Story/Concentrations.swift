internal import SluiceCore
internal import SluiceDiagnosis

/// Where the failures of a problem lie, as far as that says something.
enum Concentrations {
  /// Failures from which on shares are told.
  static let countMin = 5
  /// The part of the failures, 0 to 1, from which on a place is told.
  static let shareMin = 0.5
  /// The part that a place must have where nothing tells its part of the requests.
  static let loneShareMin = 0.8
  /// How much larger the part of the failures must be than that of the requests.
  static let ratioMin = 1.5
  /// The probability that it is chance, below which it is told.
  static let level = 0.01
  static let listMax = 5

  static func list(_ facts: ProblemFacts, _ traffic: Traffic) -> [Concentration] {
    let draft = facts.draft
    guard draft.count >= countMin else { return [] }
    var found = [endpoint(facts, traffic), moment(facts)].compactMap { $0 }
    func sum(_ names: (FailureRun) -> NameCounts) -> NameCounts {
      draft.runs.reduce(into: NameCounts()) { $0.add(names($1)) }
    }
    let named: [(Concentration.Kind, NameCounts)] = [
      (.route, sum(\.routes)), (.host, sum(\.hosts)), (.path, sum(\.paths)), (.method, sum(\.methods)),
      (.client, sum(\.clients)),
    ]
    for (kind, names) in named {
      guard let top = names.top, names.total >= countMin, 2 * names.total >= draft.count else { continue }
      let share = Double(top.count) / Double(names.total)
      guard share >= loneShareMin, kind != .method || top.name != "GET" else { continue }
      found.append(Concentration(kind: kind, value: top.name, count: top.count, share: share, requestShare: nil))
    }
    return Array(found.sorted { significance($0) > significance($1) }.prefix(listMax))
  }

  /// What is known to be more than its part of the requests says most.
  private static func significance(_ concentration: Concentration) -> Double {
    concentration.share - (concentration.requestShare ?? 0.5)
  }

  /// A short part of a long problem in which nearly all of it happened.
  private static func moment(_ facts: ProblemFacts) -> Concentration? {
    var slots = SlotCounts()
    for run in facts.draft.runs { slots.add(run.slots) }
    let width = slots.counts.count / 10
    guard width >= 1 else { return nil }
    var best: (start: Int, count: Int) = (0, 0)
    for start in 0...(slots.counts.count - width) {
      let count = slots.counts[start..<(start + width)].reduce(0, +)
      if count > best.count { best = (start, count) }
    }
    let share = Double(best.count) / Double(facts.draft.count)
    guard share >= loneShareMin else { return nil }
    let first = slots.start + Int64(best.start) * slots.slotSeconds
    return Concentration(
      kind: .time, value: facts.span(first * 1000, (first + Int64(width) * slots.slotSeconds) * 1000),
      count: best.count, share: share, requestShare: nil)
  }

  private static func endpoint(_ facts: ProblemFacts, _ traffic: Traffic) -> Concentration? {
    guard let top = facts.draft.endpoints.first, let first = facts.draft.first, let last = facts.draft.last else {
      return nil
    }
    let total = facts.draft.endpoints.reduce(0) { $0 + $1.count }
    let share = Double(top.count) / Double(total)
    guard share >= shareMin else { return nil }
    let (from, through) = (first.dividedDown(by: 1000), last.dividedDown(by: 1000))
    var (here, all) = (0, 0)
    for (place, counts) in traffic.places where place.product == facts.draft.product && place.endpoint != nil {
      guard place.upstream == nil || facts.draft.upstream == nil || place.upstream == facts.draft.upstream else {
        continue
      }
      let requests = counts.requests.count(from: from, through: through)
      all += requests
      if place.endpoint == top.name { here += requests }
    }
    guard all > 0 else { return nil }
    let requestShare = Double(here) / Double(all)
    guard share >= ratioMin * requestShare, here <= all, isSignificant(top.count, total, here, all) else { return nil }
    return Concentration(
      kind: .endpoint, value: top.name, count: top.count, share: share, requestShare: requestShare)
  }

  /// Whether so many failures there are more than chance would bring (Fisher's exact test).
  private static func isSignificant(_ failedHere: Int, _ failed: Int, _ here: Int, _ all: Int) -> Bool {
    let (inside, outside) = (max(here, failedHere), max(all - here, failed - failedHere))
    return FisherExact.probability(
      failedBefore: failed - failedHere, of: outside, failedAfter: failedHere, of: inside) < level
  }
}
