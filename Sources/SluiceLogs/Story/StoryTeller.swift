internal import SluiceCore
internal import SluiceDiagnosis

/// What happened, in the order of time, as sentences.
struct StoryTeller: Sendable {
  /// Sentences of one problem.
  static let sentencesMax = 12
  /// Endpoints of one cause that are told one by one; more are told together.
  static let endpointsMax = 3
  /// Occurrences of a problem that recurs which are told: the first ones and the last.
  static let occurrencesMax = 6
  /// Events of one kind that are told one by one.
  static let eventsMax = 3

  let facts: ProblemFacts

  private struct Told {
    /// Unix time in milliseconds.
    var time: Int64?
    var sentence: String
  }

  func story() -> [StoryEntry] {
    let told = facts.draft.occurrences.count > 1 ? occurrences : happenings + events + [end].compactMap { $0 }
    let ordered = told.enumerated().sorted {
      ($0.element.time ?? .min, $0.offset) < ($1.element.time ?? .min, $1.offset)
    }.map(\.element)
    var chosen = ordered
    if ordered.count > Self.sentencesMax {
      chosen = Array(ordered.prefix(Self.sentencesMax - 3)) + ordered.suffix(3)
    }
    return chosen.map {
      StoryEntry(time: $0.time.map(Moment.text), sentence: Shown.clipped($0.sentence.asSentence, to: Shown.sentenceMax))
    }
  }

  // MARK: Failures

  private var happenings: [Told] {
    var causes: [Cause?] = []
    for run in facts.draft.runs where !causes.contains(run.key.cause) { causes.append(run.key.cause) }
    return causes.flatMap { cause -> [Told] in
      let runs = facts.draft.runs.filter { $0.key.cause == cause }
      var endpoints: [String?] = []
      for run in runs where !endpoints.contains(run.key.endpoint) { endpoints.append(run.key.endpoint) }
      if endpoints.count <= Self.endpointsMax {
        return endpoints.map { endpoint in told(cause, runs.filter { $0.key.endpoint == endpoint }, endpoint) }
      }
      return [told(cause, runs, ProblemFacts.list(endpoints.compactMap { $0 }))]
    }
  }

  private func told(_ cause: Cause?, _ runs: [FailureRun], _ name: String?) -> Told {
    let count = runs.reduce(0) { $0 + $1.count }
    let (first, last) = (runs.compactMap(\.first).min(), runs.compactMap(\.last).max())
    let who =
      name.map { Shown.text($0) } ?? (facts.draft.isUnplaced ? "the application behind \(facts.place)" : facts.place)
    var often = ""
    if count > 1 {
      let until = if let first, let last, last - first >= 1000 { " until \(facts.moment(last))" } else { "" }
      often = " (\(Numbers.plain(count)) times\(until))"
    }
    // What is only unknown is not told as a cause, and what is likelier than something else not as a fact.
    if runs.allSatisfy({ $0.sure == .unknown }) {
      let toward = name.map { " to \(Shown.text($0))" } ?? facts.toward("to")
      return Told(time: first, sentence: "Requests\(toward) failed, and no line tells why\(often).")
    }
    if runs.allSatisfy(\.isGuess) {
      return Told(time: first, sentence: "It looks as if \(who) \(cause.happening)\(often).")
    }
    return Told(
      time: first, sentence: "\(who) \(cause.happening)\(often).")
  }

  // MARK: Events

  private var events: [Told] {
    var counts: [LogEvent.Kind: Int] = [:]
    return facts.draft.events.compactMap { seen in
      // Retries are no news: what they were for stands in the failures.
      guard seen.event.kind != .retried else { return nil }
      counts[seen.event.kind, default: 0] += 1
      guard counts[seen.event.kind, default: 0] <= Self.eventsMax else { return nil }
      return Told(time: seen.first, sentence: sentence(seen))
    }
  }

  private func sentence(_ seen: SeenEvent) -> String {
    let name = [seen.event.endpoint, seen.event.upstream].compactMap { $0 }.first.map { Shown.text($0) }
    let why = seen.event.reason.map { ": " + $0 } ?? seen.event.cause.map { " (\($0.identifier))" } ?? ""
    let what =
      switch seen.event.kind {
      case .endpointDown: "left \(name ?? "an endpoint") out"
      case .endpointUp: "took \(name ?? "an endpoint") back"
      case .checkFailed: "saw a check of \(name ?? "an endpoint") fail"
      case .noEndpointLeft: "had no endpoint left for \(name ?? "an upstream")"
      case .retried, .proxyStarted, .proxyReloaded, .proxyStopping, .proxyCrashed, .limitReached, .changed:
        ChangePattern.words(seen.event.kind) + (name.map { " of \($0)" } ?? "")
      }
    let times = seen.count > 1 ? " (\(Numbers.plain(seen.count)) times)" : ""
    if seen.product != facts.draft.product { return "Another log told\(why)\(times)." }
    return "\(facts.title) \(what)\(why)\(times)."
  }

  // MARK: The end

  private var end: Told? {
    guard let last = facts.draft.last else { return nil }
    if facts.isOngoing { return Told(time: facts.end ?? last, sentence: "Requests still failed when the logs ended.") }
    guard facts.draft.count > 1 || (facts.servedAfter ?? 0) > 0 else { return nil }
    let answered = facts.servedAfter.flatMap { $0 > 0 ? "; \(ProblemFacts.answered($0)) afterwards" : nil } ?? ""
    return Told(time: last, sentence: "The last failure\(answered).")
  }

  private var occurrences: [Told] {
    let all = facts.draft.occurrences
    let shown =
      all.count <= Self.occurrencesMax ? all : Array(all.prefix(Self.occurrencesMax - 1)) + all.suffix(1)
    return shown.map { occurrence in
      let span = occurrence.last - occurrence.first
      let length = span >= 1000 ? " within \(Shown.duration(Double(span)))" : ""
      let failed = Numbers.count(occurrence.count, "request", "requests")
      return Told(time: occurrence.first, sentence: "\(failed) failed\(length).")
    }
  }
}

extension Cause? {
  /// What an endpoint or upstream did, as the end of a sentence.
  var happening: String {
    guard let cause = self else { return "failed, and no line tells why" }
    return Self.happenings[cause] ?? "failed: " + cause.identifier.split(separator: "_").joined(separator: " ")
  }

  private static let happenings: [Cause: String] = [
    .connectRefused: "refused connections",
    .connectReset: "reset connections as they were opened",
    .connectTimeout: "did not take connections in time",
    .unixSocketMissing: "had no Unix socket",
    .backlogFull: "had a full accept queue",
    .hostUnreachable: "could not be reached: no route to the host",
    .netUnreachable: "could not be reached: no route to the network",
    .closedBeforeResponse: "closed connections without an answer",
    .resetBeforeResponse: "reset connections without an answer",
    .staleKeepalive: "had closed connections that were used again",
    .writeFailed: "closed connections while requests were being sent",
    .truncatedHeaders: "closed connections within the head of an answer",
    .truncatedBody: "closed connections within an answer",
    .responseHeaderTimeout: "did not answer in time",
    .requestDeadline: "did not answer before the time of the request was over",
    .bodyIdleTimeout: "stopped within an answer",
    .allUnhealthy: "had no endpoint left",
    .poolEmpty: "had no endpoint at all",
    .poolQueueTimeout: "kept requests waiting for too long",
    .poolQueueFull: "had no place left for requests",
    .upstreamStatus: "answered with an error of its own",
    .clientAborted: "lost clients before its answer",
    .localPortsExhausted: "could not be connected to: no local port was left",
    .localFdsOrMemory: "could not be connected to: the proxy had no descriptor or memory left",
  ]
}
