internal import SluiceCore

/// From groups of runs to drafts of problems: their names, what happened around them, their root, and whether they come
/// back again and again.
struct DraftMaker: Sendable {
  /// Milliseconds before the first failure in which an event may explain it: 10 minutes.
  static let before: Int64 = 600_000
  /// Milliseconds after the last failure in which an event still belongs to the problem: 2 minutes.
  static let after: Int64 = 120_000
  /// Events that one problem holds: the first ones.
  static let eventsMax = 200
  /// Times at which problems of one kind at one place came, from which on they are one that recurs.
  static let recurringMin = 3
  /// The part of the failures, 0 to 1, or their number, that a cause must have to be the root: one stray failure before
  /// thousands of another kind is none.
  static let rootShareMin = 0.02
  static let rootCountMin = 3
  /// Milliseconds within which causes began together.
  static let together: Int64 = 2000
  /// Milliseconds before the first failure in which what another log tells may explain it: 2 minutes.
  static let elsewhere: Int64 = 120_000

  let book: PlaceBook
  private let events: [SeenEvent]
  /// When an endpoint was taken back, by names: Unix times in milliseconds in the order of events.
  private let returns: [Name: [Int64]]

  private struct Name: Hashable {
    var upstream: String?
    var endpoint: String?
  }

  init(book: PlaceBook, events: [SeenEvent]) {
    self.book = book
    self.events = events
    var returns: [Name: [Int64]] = [:]
    for seen in events where seen.event.kind == .endpointUp {
      guard let time = seen.first else { continue }
      returns[Name(upstream: seen.event.upstream, endpoint: seen.event.endpoint), default: []].append(time)
    }
    self.returns = returns
  }

  func drafts(_ runs: [FailureRun]) -> [ProblemDraft] {
    var drafts = recurring(ProblemLinker(runs, book).groups().compactMap(draft))
    for run in runs where LadderPattern.limit(of: run) != nil { addClients(run, to: &drafts) }
    return drafts
  }

  /// Clients that all left after the same time waited for what is late there, if anything is.
  private func addClients(_ run: FailureRun, to drafts: inout [ProblemDraft]) {
    let place = book.place(run.key.product, upstream: run.key.upstream, endpoint: run.key.endpoint)
    let late = drafts.firstIndex { draft in
      guard Strand(draft.root.cause) == .late, place != nil, draft.product == run.key.product else { return false }
      guard let first = run.first, let last = run.last, let begin = draft.first, let end = draft.last else {
        return true
      }
      return first <= end + ProblemLinker.reach && last >= begin - ProblemLinker.reach
        && draft.runs.contains {
          book.place($0.key.product, upstream: $0.key.upstream, endpoint: $0.key.endpoint) == place
        }
    }
    if let late { drafts[late].waiting.append(run) } else if let own = draft([run]) { drafts.append(own) }
  }

  private func draft(_ runs: [FailureRun]) -> ProblemDraft? {
    guard let first = runs.first else { return nil }
    let upstreams = runs.compactMap { run in
      run.key.upstream ?? book.place(run.key.product, upstream: nil, endpoint: run.key.endpoint).flatMap(book.upstream)
    }
    var draft = ProblemDraft(
      product: first.key.product, upstream: upstreams.first, runs: runs, root: .cause(first.key.cause), occurrences: [])
    draft.events = around(draft)
    draft.root = root(of: draft)
    if let first = draft.first, let last = draft.last {
      draft.occurrences = [ProblemDraft.Occurrence(first: first, last: last, count: draft.count)]
    }
    return draft
  }

  // MARK: The root

  private func root(of draft: ProblemDraft) -> ProblemDraft.Root {
    let told = draft.runs.filter { Strand($0.key.cause) != .untold }
    let own = told.filter { Strand($0.key.cause) != .exhausted }
    let total = own.reduce(0) { $0 + $1.count }
    let begun =
      own.first { $0.count >= Self.rootCountMin || Double($0.count) >= Double(total) * Self.rootShareMin } ?? own.first
    let first = begun.map { frequent(among: own, $0) }
    if let seen = check(draft, before: first?.first), let cause = seen.event.cause { return .event(seen, cause) }
    return .cause((first ?? told.first ?? draft.runs.first)?.key.cause)
  }

  /// What came first, unless it is rare and something frequent began with it: that names the problem. Connections that
  /// break before others are refused are the beginning of the same, however few.
  private func frequent(among runs: [FailureRun], _ begun: FailureRun) -> FailureRun {
    func count(_ run: FailureRun) -> Int { runs.reduce(0) { $1.key.cause == run.key.cause ? $0 + $1.count : $0 } }
    guard count(begun) < Self.rootCountMin, let begin = begun.first else { return begun }
    let most = runs.reduce(begun) { most, run in
      guard let first = run.first, first - begin <= Self.together else { return most }
      return count(run) > count(most) ? run : most
    }
    let isFollowed = Strand(begun.key.cause) == .broken && Strand(most.key.cause) == .unconnected
    return count(most) >= Self.rootCountMin && !isFollowed ? most : begun
  }

  /// What a check or an ejection told before anything but `no endpoint left` failed.
  private func check(_ draft: ProblemDraft, before time: Int64?) -> SeenEvent? {
    guard draft.runs.contains(where: { Strand($0.key.cause) == .exhausted }) else { return nil }
    return draft.events.first { seen in
      guard [.endpointDown, .checkFailed].contains(seen.event.kind), seen.event.cause != nil else { return false }
      guard let time else { return true }
      return seen.first.map { $0 < time } ?? false
    }
  }

  // MARK: Events

  private func around(_ draft: ProblemDraft) -> [SeenEvent] {
    let place = draft.runs.lazy.compactMap {
      book.place($0.key.product, upstream: $0.key.upstream, endpoint: $0.key.endpoint)
    }.first
    let endpoints = Set(draft.endpoints.map(\.name))
    let found = events.filter { seen in
      guard seen.product == draft.product else { return isElsewhere(seen, draft) }
      guard isNear(seen, draft) else { return false }
      guard seen.event.upstream != nil || seen.event.endpoint != nil else { return true }
      if let upstream = draft.upstream, seen.event.upstream == upstream { return true }
      if let endpoint = seen.event.endpoint, endpoints.contains(endpoint), seen.event.upstream == nil { return true }
      let known = book.place(seen.product, upstream: seen.event.upstream, endpoint: seen.event.endpoint)
      return known != nil && known == place
    }
    return Array(found.prefix(Self.eventsMax))
  }

  /// What systemd, the kernel or a user's own log tells of something that is no proxy's, as an application that was
  /// killed.
  private func isElsewhere(_ seen: SeenEvent, _ draft: ProblemDraft) -> Bool {
    guard seen.product == .other, seen.event.kind == .changed, seen.event.upstream == nil, seen.event.endpoint == nil,
      let time = seen.first, let first = draft.first, let last = draft.last
    else { return false }
    return time >= first - Self.elsewhere && time <= last
  }

  /// An endpoint that a check took away stays away until the check finds it again, however long ago that was.
  private func isNear(_ seen: SeenEvent, _ draft: ProblemDraft) -> Bool {
    guard let time = seen.first, let first = draft.first, let last = draft.last else {
      return seen.first == draft.first
    }
    if time > last + Self.after { return false }
    if (seen.last ?? time) >= first - Self.before { return true }
    guard seen.event.kind == .endpointDown else { return false }
    let back = returns[Name(upstream: seen.event.upstream, endpoint: seen.event.endpoint)] ?? []
    return !back.contains { $0 >= time && $0 < first }
  }

  // MARK: Recurrence

  private struct Kind: Hashable {
    var product: LogProduct
    var place: String
    var root: Cause?
    var isEvent: Bool
  }

  /// Failures that come one by one: gaps say nothing of them, as idle connections break when they are used again.
  private func isTrickle(_ draft: ProblemDraft) -> Bool {
    if draft.count <= BreakPattern.trickle { return true }
    return draft.runs.allSatisfy { Strand($0.key.cause) == .broken && $0.peak <= BreakPattern.trickle }
  }

  /// Problems of one place and root that came several times are one that recurs; so are single failures far apart.
  private func recurring(_ drafts: [ProblemDraft]) -> [ProblemDraft] {
    var groups: [Kind: [ProblemDraft]] = [:]
    var order: [Kind] = []
    for draft in drafts {
      let isEvent = if case .event = draft.root { true } else { false }
      let place = draft.upstream ?? draft.endpoints.first?.name ?? draft.place
      let kind = Kind(product: draft.product, place: place, root: draft.root.cause, isEvent: isEvent)
      if groups[kind] == nil { order.append(kind) }
      groups[kind, default: []].append(draft)
    }
    return order.flatMap { kind -> [ProblemDraft] in
      let same = groups[kind] ?? []
      let isThin = same.count > 1 && same.allSatisfy(isTrickle)
      guard same.count >= Self.recurringMin || isThin, var joined = same.first else { return same }
      for next in same.dropFirst() {
        joined.runs += next.runs
        joined.events += next.events.filter { !joined.events.contains($0) }
        joined.occurrences += next.occurrences
      }
      joined.events = Array(joined.events.prefix(Self.eventsMax))
      return [joined]
    }
  }
}
