internal import SluiceCore
internal import SluiceDiagnosis

/// The page of a cause.
struct CausePageMaker {
  let cause: Cause
  let text: CauseText

  init(_ cause: Cause) {
    self.cause = cause
    text = cause.guideText
  }

  var page: GuidePage {
    GuidePage(
      id: .cause(cause), title: cause.identifier, lead: cause.summary, facts: facts,
      sections: [
        GuideSection("why", "Why it happens", list: text.reasons, introduction: "The most frequent first:"),
        GuideSection("diagnosis", "How to find out", [.steps(steps)]),
        GuideSection("remedies", "What to do now", list: text.remedies),
        GuideSection("prevention", "How to prevent it", list: text.prevention),
        GuideSection("client", "What a client is told", [.paragraph(clientNote)]),
        GuideSection("retrying", "Whether to try again", [.paragraph(retryNote)]),
        rootCauses, products,
        GuideSection("related", "Related causes", list: neighbours.map { "`\($0.identifier)`: \($0.summary)" }),
      ], brief: brief, related: related)
  }

  private var steps: [GuideStep] {
    // What the specific steps run already is not asked twice.
    let own = Set(text.steps.compactMap(\.command))
    let general = cause.firstChecks.map(\.guideStep).filter { step in step.command.map { !own.contains($0) } ?? true }
    return text.steps + general
  }

  private var statusNote: String {
    cause.passesResponse
      ? "that of the application, passed on"
      : "`\(cause.status)`" + (cause == .clientAborted ? ", in logs only" : "")
        + (cause.carriesRetryAfter ? " with Retry-After" : "")
  }

  private var facts: [GuideFact] {
    [
      GuideFact("Status", statusNote),
      GuideFact(
        "Error type", cause.proxyErrorType.map { "`type:\($0.identifier)`" } ?? "none: the gateway makes no error of it"
      ),
      GuideFact("Who has to act", cause.owner.identifier),
      GuideFact("Replay", "\(cause.replayClass.identifier): \(replayMeaning)"),
      GuideFact("Kept as an incident", cause.isIncident ? "yes" : "no, counted and logged"),
      GuideFact("Counts against the endpoint", weight),
    ]
  }

  private var replayMeaning: String {
    switch cause.replayClass {
    case .unsent: "nothing of the request was sent, so any method may go to another endpoint"
    case .reusedUnanswered: "a reused connection ended without an answer; idempotent methods are repeated"
    case .unprocessed: "the endpoint proves that it did not process the request; any method is repeated"
    case .possiblyProcessed: "the request may have been processed; idempotent methods only, within the budget"
    case .never: "never: an answer has begun, or the request itself is the reason"
    }
  }

  private var weight: String {
    switch cause.ejectionWeight {
    case .connect: "yes: one failure leaves it out for a moment"
    case .connection: "yes: a few in a row leave it out"
    case .response: "yes: more in a row leave it out"
    case .successRate: "only where its success rate is far below that of the others"
    case .never: "no"
    }
  }

  private var clientNote: String {
    "A client that is not trusted with detail reads: “\(cause.publicSentence)” with the ID of the incident, and no address or name from inside."
  }

  private var retryNote: String {
    switch cause.clientRetry {
    case .always: "Yes: the request was not processed, and the failure may pass. Wait for Retry-After where it is sent."
    case .ifIdempotent: "Only what does no harm when it is done twice: the request may have been processed."
    case .useless: "No: the same request fails in the same way until somebody changes something."
    }
  }

  private var rootCauses: GuideSection? {
    let names = cause.rootCauses.map { "`root-cause:\($0.identifier)`" }.joined(separator: ", ")
    guard !names.isEmpty else { return nil }
    return GuideSection(
      "root-causes", "What it may go back to",
      [.paragraph("A diagnosis with more evidence may find one of these behind it: \(names).")])
  }

  private var products: GuideSection? {
    SignTables.ofCause(cause).map { table in
      GuideSection(
        "products", "What other proxies show for it", [.paragraph("`…` stands for what varies."), .table(table)])
    }
  }

  /// The written ones, then those with the same error type; the many faults of a request are no neighbours of each
  /// other.
  private var neighbours: [Cause] {
    guard let type = cause.proxyErrorType, type != .httpRequestError else { return text.related }
    let same = Cause.allCases.filter { $0.proxyErrorType == type && $0 != cause && !text.related.contains($0) }
    return text.related + same
  }

  private var related: [PageID] {
    let status: [PageID] = cause.passesResponse ? [] : [.status(Int(cause.status))]
    let type: [PageID] = cause.proxyErrorType.map { [.type($0)] } ?? []
    return status + type + neighbours.prefix(4).map { .cause($0) }
  }

  private var brief: GuideBrief {
    GuideBrief(
      what: cause.summary + " The client gets: " + Markup.plain(statusNote) + ".",
      who: "\(cause.owner.identifier) (the first guess; a diagnosis may name another)", why: text.reasons, steps: steps,
      remedies: text.remedies + text.prevention + ["Try again? \(retryNote)"])
  }
}
