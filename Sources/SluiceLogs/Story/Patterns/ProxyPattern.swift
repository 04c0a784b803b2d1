internal import SluiceCore
internal import SluiceDiagnosis

/// Failures that come only while the proxy itself stops, starts, or reads its configuration again.
enum ProxyPattern {
  /// Milliseconds before and after such an event in which failures are put down to it.
  static let before: Int64 = 2000
  static let after: Int64 = 10_000
  /// The part of the failures, 0 to 1, that must lie there.
  static let shareMin = 0.8
  /// Seconds of a slot of the runs at most: longer ones do not tell what came first.
  static let slotMax: Int64 = 16

  private static let kinds: [LogEvent.Kind] = [.proxyStarted, .proxyReloaded, .proxyStopping, .proxyCrashed]

  static func find(_ facts: ProblemFacts) -> Finding? {
    let draft = facts.draft
    switch Strand(draft.root.cause) {
    case .unconnected, .broken, .exhausted, .untold, .proxy: break
    case .late, .crowded, .insecure, .invalid, .unnamed, .ownStatus, .local, .client: return nil
    }
    // At the beginning of a log a start explains nothing: everything comes after it.
    guard !facts.isOngoing, (facts.servedBefore ?? 0) > 0, (facts.servedAfter ?? 0) > 0 else { return nil }
    let events = draft.events.filter { kinds.contains($0.event.kind) && $0.first != nil }
    guard let first = events.first, let time = first.first,
      draft.runs.allSatisfy({ $0.slots.slotSeconds <= slotMax })
    else { return nil }
    let near = draft.runs.reduce(0) { sum, run in
      let begin = events.compactMap(\.first).min() ?? time
      let end = events.compactMap(\.last).max() ?? time
      guard end - begin <= DraftMaker.after else { return sum }
      return sum
        + run.slots.count(
          from: (begin - before).dividedDown(by: 1000), through: (end + after).dividedDown(by: 1000))
    }
    guard Double(near) >= shareMin * Double(draft.count) else { return nil }
    let what = ChangePattern.words(first.event.kind)
    let evidence =
      ["\(Numbers.plain(near)) of \(Numbers.plain(draft.count)) failures lie within 10 s of it."]
      + [facts.told(first, "\(facts.title) \(what)"), facts.before, facts.after] + facts.counts + [facts.recurrence]
    let sentence =
      "Requests\(facts.toward("to")) failed only while \(facts.title) \(what), \(facts.wholeSpan); \(facts.failed)"
    let next =
      "See what restarted or changed \(facts.title) at \(facts.moment(time)), and let it drain before it stops."
    switch first.event.kind {
    case .proxyReloaded: return Finding(.configurationChange, .possible, sentence, next: next, evidence)
    case .proxyCrashed:
      return Finding(observed: .proxyBug, who: .gateway, .possible, sentence, next: next, evidence)
    case .endpointDown, .endpointUp, .checkFailed, .noEndpointLeft, .retried, .proxyStarted, .proxyStopping,
      .limitReached, .changed:
      return Finding(observed: .proxyDraining, who: .gateway, .possible, sentence, next: next, evidence)
    }
  }
}
