internal import SluiceCore
internal import SluiceIncidents

/// A response that HTTP allows, and that is a failure all the same.
enum Answering {
  static func ownStatus(_ facts: Facts) -> Judgement {
    let status = facts.attempt?.status ?? facts.record.status
    let after = facts.attempt?.firstByteMs.map { " after \(Shown.duration($0))" } ?? ""
    let alone = facts.othersWork == true ? "; the other endpoints work" : ""
    return Judgement(
      "The application at \(facts.here) itself answered \(facts.request) with \(status)\(after)\(alone)",
      next: "Look in the application's log at \(facts.clock) for \(facts.request).",
      .observed(
        .upstreamStatus, .application, .certain,
        ["A whole response head with status \(status) came from the endpoint and was passed on.", facts.loadSentence]),
      or: [dependency(status, facts)])
  }

  /// 502 and 504 are what a server says that asked another one in its turn (RFC 9110 section 15.6).
  private static func dependency(_ status: UInt16, _ facts: Facts) -> Explanation? {
    switch status {
    case 502, 504:
      .root(.dependencyFailed, .possible, ["\(status) is the answer of one that asked another in its turn."])
    case 503: .root(.overload, .possible, ["503 says that the application cannot serve now.", facts.loadSentence])
    default: nil
    }
  }

  static func early(_ facts: Facts) -> Judgement {
    let status = facts.attempt?.status.map { " with \($0)" } ?? ""
    return Judgement(
      "The application at \(facts.here) answered\(status) before the request's body had ended; its answer was passed on",
      next: "Nothing is broken: the application refuses the body, as with 413 or 401.",
      .observed(.earlyFinalResponse, .certain, [facts.transferred]))
  }

  static func upgrade(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what =
      cause == .upgradeFailed
      ? "with a 101 that does not fit what was asked for" : "with 101 although nobody asked for it"
    return Judgement(
      "The application at \(facts.here) answered \(facts.request) \(what)",
      next: "See which program answers there and how it handles Upgrade and Sec-WebSocket-Key.",
      .observed(cause, .application, .likely, [facts.firstBytesSentence, facts.lastAnswer]),
      or: [facts.isOtherwiseFine == true ? nil : .root(.wrongPort, .possible, [facts.lastAnswer])])
  }
}
