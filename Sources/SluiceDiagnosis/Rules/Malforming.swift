internal import SluiceCore
internal import SluiceIncidents

/// A response that came and breaks a rule: the application's doing, or that of a proxy in front of it.
enum Malforming {
  static func invalid(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what =
      if cause == .invalidHeader {
        "a response head with a line that HTTP does not allow"
      } else if cause == .badFraming {
        "a response that does not say clearly where its body ends"
      } else if cause == .badChunk {
        "a body whose chunked coding is broken"
      } else {
        "a body whose content coding is broken"
      }
    let rule = facts.record.rule.map { ", rule \(Shown.text($0, limit: 40))" } ?? ""
    return Judgement(
      "The application at \(facts.here) sent \(what)\(rule)",
      next: "Correct how the application writes its response to \(facts.request).",
      .observed(cause, .application, sureness(facts), evidence(facts)),
      or: [.root(.responseBug, .likely, [facts.rule, facts.lastAnswer])])
  }

  /// A broken rule and the bytes that break it leave nothing open but who between here and there wrote them.
  private static func sureness(_ facts: Facts) -> Sureness {
    guard facts.evidence != nil else { return .likely }
    return facts.record.rule != nil && facts.place?.isLocal == true ? .certain : .likely
  }

  private static func evidence(_ facts: Facts) -> [String?] {
    [facts.rule, facts.firstBytesSentence, facts.transferred, facts.lastAnswer]
  }

  static func tooLarge(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what = cause == .headerTooLarge ? "one field that is" : "fields that are in all"
    return Judgement(
      "The application at \(facts.here) sent \(what) larger than the gateway takes",
      next: "See what grows (cookies, tokens), or raise `limits.responseHead` of the upstream.",
      .observed(cause, .application, .likely, evidence(facts)),
      or: [.root(.limitTooLow, .possible, ["The limit is the gateway's: `limits.responseHead`."])])
  }

  static func excess(_ facts: Facts) -> Judgement {
    Judgement(
      "The application at \(facts.here) sent bytes after the declared end of its response; they were dropped",
      next: "Compare the Content-Length that the application sends with what it writes for \(facts.request).",
      .observed(.excessBody, .application, .likely, evidence(facts)), or: [.root(.responseBug, .likely)])
  }

  static func bodyTooLarge(_ facts: Facts) -> Judgement {
    let length = facts.evidence?.declaredLength.map { " of \(Shown.bytes($0))" } ?? ""
    return Judgement(
      "The response\(length) of \(facts.here) is larger than the configured limit",
      next: "Raise the limit for this route, or let the application send less.",
      .observed(.bodyTooLarge, facts.evidence == nil ? .likely : .certain, evidence(facts)))
  }
}
