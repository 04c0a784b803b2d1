internal import SluiceCore
internal import SluiceDiagnosis

/// What the lines say themselves, where no pattern of times or events says more.
enum PlainPattern {
  static func find(_ facts: ProblemFacts) -> Finding {
    let cause = facts.draft.root.cause
    switch Strand(cause) {
    case .ownStatus: return ownAnswer(facts)
    case .local: return local(facts)
    case .untold: return untold(facts)
    case .unconnected, .broken, .late, .crowded, .exhausted, .insecure, .invalid, .unnamed, .proxy, .client:
      return observed(facts)
    }
  }

  /// The application's own 5xx is its own affair: the proxy only passed it on.
  private static func ownAnswer(_ facts: ProblemFacts) -> Finding {
    let list = ProblemFacts.statuses(facts.draft)
    let paths = facts.draft.runs.reduce(into: NameCounts()) { $0.add($1.paths) }
    let top = paths.top.flatMap { 2 * $0.count > paths.total && paths.total >= 5 ? $0 : nil }
    // Where a line fits other causes as well, it is no more than likely.
    let runs = facts.draft.runs.filter { $0.key.cause == .upstreamStatus }
    let application =
      (!runs.isEmpty && runs.allSatisfy(\.isGuess) ? "It looks as if the" : "The")
      + " application behind \(facts.place) answered"
    let isGateway = ["502", "504"].contains { list.hasPrefix($0) }
    return Finding(
      observed: .upstreamStatus, who: .application, sure(facts),
      "\(application) \(list.isEmpty ? "with an error" : list) itself "
        + "\(facts.wholeSpan); \(facts.failed)",
      next: "See in the application's log what failed at "
        + "\(top.map { Shown.text($0.name) } ?? "these paths") \(facts.wholeSpan).",
      facts.counts + [
        facts.draft.runs.lazy.compactMap(\.estimate).first,
        top.map { "\(Numbers.plain($0.count)) of them asked for \(Shown.text($0.name))." }, facts.during,
        facts.recurrence, facts.chained,
      ],
      also: isGateway
        ? [
          Candidate(
            .dependencyFailed, .possible, "A 502 or 504 of the application's is often what it was told in turn.")
        ]
        : [])
  }

  private static func local(_ facts: ProblemFacts) -> Finding {
    let cause = facts.draft.root.cause
    let what = cause == .localPortsExhausted ? "local port" : "file descriptor or socket memory"
    return Finding(
      observed: cause, sure(facts),
      "The machine of \(facts.title) had no \(what) left for connections to \(facts.place) \(facts.wholeSpan); "
        + "\(facts.failed)",
      next: cause == .localPortsExhausted
        ? "Let \(facts.title) reuse connections to its endpoints, or widen net.ipv4.ip_local_port_range."
        : "Raise the limit of open files of \(facts.title), and see what holds them open.",
      facts.counts + [
        facts.told(facts.event(.limitReached, within: DraftMaker.before), "a limit was reached"), facts.recurrence,
      ])
  }

  /// A status alone tells nothing; what it can go back to are the candidates.
  static func untold(_ facts: ProblemFacts) -> Finding {
    let cause = facts.draft.root.cause
    let list = ProblemFacts.statuses(facts.draft)
    if facts.draft.saved == facts.draft.count { return retried(facts) }
    let others = facts.draft.runs.flatMap(\.alternatives).reduce(into: [Cause]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return Finding(
      observed: nil, who: .unknown, .unknown,
      "\(facts.title) answered \(list.isEmpty ? "with an error" : list)\(facts.toward("for")) "
        + "\(facts.wholeSpan), and no line tells why; \(facts.failed)",
      next: "Read the error log of \(facts.title), too, or let its access log tell of upstreams.",
      ["The lines tell a status and nothing of the upstream.", facts.during, facts.recurrence],
      also: ([cause].compactMap { $0 } + others.filter { $0 != cause }).map {
        Candidate($0, .possible, "A status alone does not rule it out.")
      })
  }

  private static func retried(_ facts: ProblemFacts) -> Finding {
    let count = facts.draft.count == 1 ? "1 request" : "\(Numbers.plain(facts.draft.count)) requests"
    return Finding(
      observed: nil, who: .unknown, .unknown,
      "\(facts.title) needed a further attempt for \(count)\(facts.toward("to")) \(facts.wholeSpan), and all were "
        + "answered then; no line tells what had failed",
      next: "Look at what else \(facts.title) tells of \(facts.place) \(facts.wholeSpan), as checks and restarts.",
      [facts.during, facts.recurrence])
  }

  private static func observed(_ facts: ProblemFacts) -> Finding {
    let cause = facts.draft.root.cause
    let words = cause?.summary ?? ""
    let sentence = words.hasSuffix(".") ? String(words.dropLast()) : words
    let runs = facts.draft.runs.filter { $0.key.cause == cause }
    let who = runs.first?.who
    // What stands behind the proxy is named for its own failures alone.
    let whom = facts.draft.isUnplaced && who != .application ? facts.place : facts.blamed
    return Finding(
      observed: cause, who: who, sure(facts),
      "\(whom): \(sentence), \(facts.wholeSpan); "
        + facts.failed(so: runs.reduce(0) { $0 + $1.count }, "like this"), next: next(facts),
      facts.counts + [
        runs.lazy.compactMap(\.estimate).first.map { $0.hasSuffix(".") ? $0 : $0 + "." }, facts.before, facts.during,
        facts.othersServed, facts.recurrence, facts.chained,
      ],
      also: also(facts, cause)
        + runs.flatMap(\.alternatives).reduce(into: [Candidate]()) { candidates, other in
          guard other != cause, !candidates.contains(where: { $0.cause == other.identifier }) else { return }
          candidates.append(Candidate(other, .possible, "\(facts.title) writes the same for both."))
        })
  }

  private static func sure(_ facts: ProblemFacts) -> Sureness {
    facts.draft.runs.filter { $0.key.cause == facts.draft.root.cause }.map(\.sure).min() ?? .unknown
  }

  /// What such a failure mostly goes back to.
  private static func also(_ facts: ProblemFacts, _ cause: Cause?) -> [Candidate] {
    func among(_ causes: Cause...) -> Bool { cause.map(causes.contains) ?? false }
    if among(.tlsToPlaintextPort, .plaintextToTlsPort) {
      return [Candidate(.wrongScheme, .likely, "One side spoke TLS and the other did not.")]
    }
    if among(.notHttp) { return [Candidate(.wrongPort, .possible, "What answers there does not speak HTTP/1.")] }
    if among(.tlsNameMismatch) { return [Candidate(.wrongName, .likely, "The certificate is for another name.")] }
    if among(.invalidHeader, .badFraming, .badChunk, .badContentCoding, .excessBody) {
      return [Candidate(.responseBug, .likely, "HTTP does not allow such a response.")]
    }
    if among(.headerSectionTooLarge, .headerTooLarge) {
      return [Candidate(.limitTooLow, .possible, "A larger buffer for response heads would take it.")]
    }
    if among(.dnsNxdomain, .dnsNoAddress) {
      return [Candidate(.wrongName, .possible, "The name may be written wrongly.")]
    }
    return []
  }

  private static let nextSteps: [Cause: String] = [
    .headerSectionTooLarge:
      "See which fields grew, cookies mostly; then make them smaller or the proxy's buffer larger.",
    .headerTooLarge: "See which field grew, a cookie mostly; then make it smaller or the proxy's buffer larger.",
    .tlsToPlaintextPort: "Use http:// for this endpoint, or its port for TLS.",
    .plaintextToTlsPort: "Use https:// for this endpoint, or its port without TLS.",
    .tlsCertExpired: "Renew the endpoint's certificate, and see why nothing renewed it.",
    .poolEmpty: "See why the upstream has no endpoint: a deploy that scaled to none, or a name without addresses.",
  ]

  private static func next(_ facts: ProblemFacts) -> String {
    guard let cause = facts.draft.root.cause else { return "See the lines below." }
    if let step = nextSteps[cause] { return step }
    return cause.firstChecks.first.map { "\($0.sentence) (\(facts.place), \(facts.wholeSpan))" }
      ?? "See the lines below."
  }
}
