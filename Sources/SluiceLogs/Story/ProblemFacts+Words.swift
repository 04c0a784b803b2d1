internal import SluiceCore
internal import SluiceDiagnosis

/// The facts in words: parts of sentences, each of which is true by itself.
extension ProblemFacts {
  var place: String { draft.place }

  var title: String { draft.title }

  /// ` to api`; nothing where the place is only the proxy's own name.
  func toward(_ word: String) -> String { place == title ? "" : " \(word) \(place)" }

  /// `20:00:01 UTC`, with the day where logs cover several.
  func moment(_ time: Int64) -> String {
    (spansDays ? Moment.day(milliseconds: time) + " " : "") + Moment.clock(milliseconds: time) + " UTC"
  }

  /// `from 20:00:01 to 20:00:30 UTC`, `at 20:00:01 UTC`; empty where no line told a time.
  func span(_ first: Int64?, _ last: Int64?) -> String {
    guard let first, let last else { return "" }
    guard last.dividedDown(by: 1000) > first.dividedDown(by: 1000) else { return "at \(moment(first))" }
    let day = spansDays ? Moment.day(milliseconds: first) + " " : ""
    return "from \(day)\(Moment.clock(milliseconds: first)) to \(moment(last))"
  }

  var wholeSpan: String { span(draft.first, draft.last) }

  func span(of causes: Cause...) -> String {
    let runs = draft.runs.filter { $0.key.cause.map(causes.contains) ?? false }
    return span(runs.compactMap(\.first).min(), runs.compactMap(\.last).max())
  }

  /// `12 requests failed`, and how many more were made good.
  var failed: String {
    let (saved, failed) = (draft.saved, draft.count - draft.saved)
    let one = "\(Numbers.count(failed, "request", "requests")) failed"
    guard saved > 0 else { return one }
    guard failed > 0 else {
      return saved == 1
        ? "1 request failed at first and was answered by another endpoint"
        : "\(Numbers.plain(saved)) requests failed at first and were all answered by another endpoint"
    }
    return "\(one), \(Numbers.plain(saved)) more \(saved == 1 ? "was" : "were") answered by another endpoint"
  }

  /// The same, and how many failed so where others failed otherwise.
  ///
  /// - Parameter how: as `late`.
  func failed(so count: Int, _ how: String) -> String {
    let following = draft.count { [.exhausted, .untold].contains(Strand($0)) }
    guard count > 0, count + following < draft.count else { return failed }
    return draft.saved == 0
      ? "\(failed), \(Numbers.plain(count)) of them \(how)"
      : "\(failed); \(Numbers.plain(count)) of all \(Numbers.plain(draft.count)) were \(how)"
  }

  /// `10.0.0.1:80, 10.0.0.2:80 and 3 others`.
  static func list(_ names: [String], most: Int = 2) -> String {
    let shown = names.prefix(most).map { Shown.text($0) }
    let rest = names.count - shown.count
    if rest > 0 { return shown.joined(separator: ", ") + " and " + Numbers.count(rest, "other", "others") }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The statuses of 500 and more that clients got, the most frequent first: `502, 504`.
  static func statuses(_ draft: ProblemDraft) -> String {
    let statuses = draft.runs.reduce(into: [UInt16: Int]()) { $0.merge($1.statuses, uniquingKeysWith: +) }
    let told = statuses.filter { $0.key >= 500 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return told.prefix(3).map { "\($0.key)" }.joined(separator: ", ")
  }

  var endpointNames: [String] { failing.map(\.name) }

  /// `10.0.0.1:80`, `10.0.0.1:80, one of the 3 endpoints of api,`, or the whole upstream.
  var blamed: String { subject(endpointNames).text }

  /// Whom a sentence is about, and whether that is several.
  struct Subject: Equatable {
    var text: String
    var isPlural = false

    func verb(_ one: String, _ several: String) -> String { isPlural ? several : one }
  }

  var subject: Subject { subject(endpointNames) }

  /// Those of the endpoints that failed so; the rest of a problem's endpoints failed otherwise.
  func subject(_ strands: Strand...) -> Subject {
    let names = endpointNames.filter { name in
      draft.runs.contains { $0.key.endpoint == name && strands.contains(Strand($0.key.cause)) }
    }
    return subject(names.isEmpty ? endpointNames : names)
  }

  private func subject(_ names: [String]) -> Subject {
    // A listener or the proxy itself has not failed: what is behind it has.
    if draft.isUnplaced { return Subject(text: "the application behind \(place)") }
    let total = endpointNames.count + others.count
    guard !names.isEmpty, names.count < total else {
      return Subject(text: place, isPlural: draft.upstream == nil && endpointNames.count > 1)
    }
    let list = Self.list(names)
    if others.isEmpty, draft.upstream == nil { return Subject(text: list, isPlural: names.count > 1) }
    return names.count == 1
      ? Subject(text: "\(list), one of \(total) endpoints of \(upstreamName),")
      : Subject(text: "\(list) (\(names.count) of \(total) endpoints)", isPlural: true)
  }

  /// `The application at 10.0.0.1:80`.
  var application: String { application(endpointNames) }

  /// - Parameter names: of the endpoints that are meant; none: all that failed.
  func application(_ names: [String]) -> String {
    if draft.isUnplaced { return "The application behind \(place)" }
    return "The application at \(subject(names.isEmpty ? endpointNames : names).text)"
  }

  private var upstreamName: String { draft.upstream.map { Shown.text($0) } ?? "the upstream" }

  // MARK: Evidence

  /// How often each cause was seen and when, the root first.
  var counts: [String] {
    var causes: [Cause?] = []
    for run in draft.runs where !causes.contains(run.key.cause) { causes.append(run.key.cause) }
    return causes.prefix(4).map { cause in
      let runs = draft.runs.filter { $0.key.cause == cause }
      let count = runs.reduce(0) { $0 + $1.count }
      let span = span(runs.compactMap(\.first).min(), runs.compactMap(\.last).max())
      let times = (count == 1 ? "once" : "\(Numbers.plain(count)) times") + (span.isEmpty ? "" : " \(span)")
      if runs.allSatisfy({ $0.sure == .unknown }) {
        return "\(title) told a failure \(times), and not why."
      }
      // Of several causes for which the lines are the same, one that is likelier than the others.
      return runs.allSatisfy(\.isGuess)
        ? "\(title)'s lines look like \(cause.shownIdentifier) \(times)."
        : "\(title) told \(cause.shownIdentifier) \(times)."
    }
  }

  var before: String? {
    guard let servedBefore else { return nil }
    return servedBefore > 0
      ? "Before, \(Self.answered(servedBefore)) there."
      : "No request was answered there before."
  }

  var during: String? {
    guard let requests, let servedDuring, requests > 0 else { return nil }
    if servedDuring == 0, requests == 1 { return "The one request of that time was not answered." }
    if servedDuring == 0 { return "None of the \(Numbers.plain(requests)) requests of that time was answered." }
    let were = servedDuring == 1 ? "was" : "were"
    return "In the same time \(Numbers.plain(servedDuring)) of \(Numbers.count(requests, "request", "requests")) "
      + "\(were) answered."
  }

  /// `1 request was answered`.
  static func answered(_ count: Int) -> String {
    Numbers.count(count, "request was", "requests were") + " answered"
  }

  /// What people should know of the rows that the root's lines matched.
  var notes: [String] {
    guard case .cause(let cause) = draft.root else { return [] }
    let notes = draft.runs.filter { $0.key.cause == cause }.compactMap(\.note)
    return notes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.prefix(2).map { note in
      let text = Shown.text(note, limit: Shown.sentenceMax)
      return text.hasSuffix(".") || text.hasSuffix("…") ? text : text + "."
    }
  }

  var after: String? {
    guard let servedAfter else {
      guard let servedElsewhere, servedElsewhere > 0, !isOngoing else { return nil }
      let requests = Numbers.count(servedElsewhere, "request", "requests")
      return "Afterwards \(title) answered \(requests), and none failed like that."
    }
    if servedAfter > 0 { return "Afterwards \(Self.answered(servedAfter)) there." }
    return isOngoing ? nil : "No request was answered there afterwards."
  }

  var othersServed: String? {
    guard !others.isEmpty else { return nil }
    return "Other endpoints of the upstream answered: \(Self.list(others.keys.sorted()))."
  }

  /// A proxy in front that told of the same failures.
  var chained: String? {
    var counts: [LogProduct: Int] = [:]
    for run in draft.runs { counts.merge(run.seenOutside, uniquingKeysWith: +) }
    guard let outer = counts.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }) else { return nil }
    return "\(outer.key.title) in front told of \(Numbers.plain(outer.value)) of them as its upstream's answer."
  }

  var recurrence: String? {
    guard draft.occurrences.count > 1 else { return nil }
    return "It came \(draft.occurrences.count) times" + (regular.map { ", about every \(Shown.duration($0))." } ?? ".")
  }

  /// Milliseconds between beginnings, where they are nearly equal: something that a timer starts.
  var regular: Double? {
    let gaps = zip(draft.occurrences, draft.occurrences.dropFirst()).map { Double($1.first - $0.first) }.sorted()
    guard gaps.count >= 2 else { return nil }
    let middle = gaps[gaps.count / 2]
    let near = gaps.count { abs($0 - middle) <= 0.1 * middle }
    return middle > 0 && Double(near) >= 0.8 * Double(gaps.count) ? middle : nil
  }

  // MARK: Events

  /// What another log tells that names no endpoint, as systemd and the kernel of a process: the last before the first
  /// failure, or shortly after it.
  var machineEvent: SeenEvent? {
    draft.events.last { seen in
      guard seen.product != draft.product, let time = seen.last, let first = draft.first else { return false }
      return time <= first + 2000
    }
  }

  /// Whether its access log tells that the place answered nothing at any time.
  var neverAnswered: Bool {
    guard let servedBefore, let servedDuring, let servedAfter else { return false }
    return servedBefore + servedDuring + servedAfter == 0
  }

  /// An event of one of the kinds, not longer before the first failure than so many milliseconds.
  func event(_ kinds: LogEvent.Kind..., within milliseconds: Int64) -> SeenEvent? {
    draft.events.last { seen in
      guard seen.product == draft.product, kinds.contains(seen.event.kind), let time = seen.last,
        let first = draft.first
      else { return false }
      return time <= first + 2000 && first - time <= milliseconds
    }
  }

  func told(_ seen: SeenEvent?, _ what: String) -> String? {
    guard let seen, let time = seen.last else { return nil }
    let detail = seen.event.reason.map { ": " + $0 } ?? ""
    return "At \(moment(time)) \(what)\(detail)."
  }
}
