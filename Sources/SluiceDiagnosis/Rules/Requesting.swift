internal import SluiceCore
internal import SluiceIncidents

/// What the client did.
enum Requesting {
  private static func client(_ facts: Facts) -> String {
    facts.record.client.map { "The client \(Shown.text($0))" } ?? "The client"
  }

  static func malformed(_ cause: Cause, _ facts: Facts) -> Judgement {
    let rule = facts.record.rule.map { " (rule \(Shown.text($0, limit: 40)))" } ?? ""
    return Judgement(
      "\(client(facts)) sent a request that was refused\(rule). \(withoutStop(cause.summary))",
      next: "Correct the client; the rule names what it broke.",
      .observed(cause, .certain, [facts.rule, cause.summary]))
  }

  static func tooLarge(_ cause: Cause, _ facts: Facts) -> Judgement {
    Judgement(
      "\(client(facts)) sent more than is allowed. \(withoutStop(cause.summary))",
      next: "Let the client send less, or raise the limit.",
      .observed(cause, .likely, [cause.summary]),
      or: [.root(.limitTooLow, .possible, ["The limit is the gateway's."])])
  }

  static func wrongScheme(_ cause: Cause, _ facts: Facts) -> Judgement {
    let listener = facts.record.listener.map { " " + Shown.text($0) } ?? ""
    let what =
      cause == .requestTlsOnPlaintextPort
      ? "spoke TLS to the listener\(listener), which has none"
      : "spoke plain HTTP to the listener\(listener), which has TLS"
    return Judgement(
      "\(client(facts)) \(what)",
      next: "Correct the scheme or port of the URL that the client uses.", .observed(cause, .certain, [cause.summary]),
      or: [.observed(cause, .configuration, .possible, ["The listener may lack, or have, TLS by mistake."])])
  }

  static func late(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what =
      cause == .requestHeadTimeout
      ? "did not finish the head of its request in time" : "sent nothing more of its request body for too long"
    return Judgement(
      "\(client(facts)) \(what); \(Shown.bytes(facts.record.bytesIn)) had come",
      next: "See whether the client is slow, gone, or sends less than it declared.",
      .observed(cause, .likely, ["\(Shown.bytes(facts.record.bytesIn)) had come from the client."]),
      or: [.observed(cause, .network, .possible, ["A lost connection to the client looks the same."])])
  }

  static func aborted(_ facts: Facts) -> Judgement {
    let after = Shown.duration(facts.record.totalMs)
    let isRound = Facts.isRoundTime(facts.record.totalMs)
    let waiting = facts.record.phase == "wait" ? ", while the application had not answered" : ""
    return Judgement(
      "\(client(facts)) closed the connection after \(after)\(waiting)",
      next: isRound
        ? "Compare the client's timeout with the \(after) that passed: it gave up, and the application may be slow."
        : "Nothing, unless many do so: people close pages, and programs give up.",
      .observed(.clientAborted, .likely, ["The client's connection ended after \(after)."]),
      or: [
        isRound ? .root(.clientTimeout, .possible, ["\(after) is a time that people set as a limit."]) : nil,
        facts.record.phase == "wait" ? .root(.slowApplication, .possible, [facts.loadSentence]) : nil,
      ])
  }

  /// The summaries of causes are sentences; here they end where the verdict's own does.
  private static func withoutStop(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
