internal import SluiceCore
internal import SluiceDiagnosis

/// The facts in words: parts of sentences, each of which is true by itself.
extension ProblemFacts {
  var place: String { draft.place }

  var title: String { draft.product.title }

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

  /// `12 requests failed`, and how many of them were made good.
  var failed: String {
    let failed = "\(Numbers.plain(draft.count)) \(draft.count == 1 ? "request" : "requests") failed"
    guard draft.saved > 0 else { return failed }
    return draft.saved == draft.count
      ? "\(Numbers.plain(draft.count)) failed and were all answered by another endpoint"
      : "\(failed), \(Numbers.plain(draft.saved)) of them answered by another endpoint"
  }

  /// `10.0.0.1:80, 10.0.0.2:80 and 3 others`.
  static func list(_ names: [String], most: Int = 2) -> String {
    let shown = names.prefix(most).map { Shown.text($0) }
    let rest = names.count - shown.count
    if rest > 0 { return shown.joined(separator: ", ") + " and " + Shown.count(rest, "other", "others") }
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
  var blamed: String {
    guard !endpointNames.isEmpty, !others.isEmpty else { return place }
    let total = endpointNames.count + others.count
    let names = Self.list(endpointNames)
    return endpointNames.count == 1
      ? "\(names), one of \(total) endpoints of \(upstreamName),"
      : "\(names) (\(endpointNames.count) of \(total) endpoints)"
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
      let times = count == 1 ? "once" : "\(Numbers.plain(count)) times"
      return "\(title) told \(cause.shownIdentifier) \(times)\(span.isEmpty ? "" : " \(span)")."
    }
  }

  var before: String? {
    guard let servedBefore else { return nil }
    return servedBefore > 0
      ? "Before, \(Numbers.plain(servedBefore)) requests were answered there."
      : "No request was answered there before."
  }

  var during: String? {
    guard let requests, let servedDuring, requests > 0 else { return nil }
    return servedDuring == 0
      ? "None of the \(Numbers.plain(requests)) requests of that time was answered."
      : "In the same time \(Numbers.plain(servedDuring)) of \(Numbers.plain(requests)) requests were answered."
  }

  var after: String? {
    guard let servedAfter else {
      guard let servedElsewhere, servedElsewhere > 0, !isOngoing else { return nil }
      return "Afterwards \(title) answered \(Numbers.plain(servedElsewhere)) requests, and none failed like that."
    }
    if servedAfter > 0 { return "Afterwards \(Numbers.plain(servedAfter)) requests were answered there." }
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

  /// An event of one of the kinds, not longer before the first failure than so many milliseconds.
  func event(_ kinds: LogEvent.Kind..., within milliseconds: Int64) -> SeenEvent? {
    draft.events.last { seen in
      guard kinds.contains(seen.event.kind), let time = seen.last, let first = draft.first else { return false }
      return time <= first + 2000 && first - time <= milliseconds
    }
  }

  func told(_ seen: SeenEvent?, _ what: String) -> String? {
    guard let seen, let time = seen.last else { return nil }
    let detail = seen.event.reason.map { ": " + $0 } ?? ""
    return "At \(moment(time)) \(what)\(detail)."
  }
}
