internal import SluiceCore
internal import SluiceIncidents

/// A response that ended before its end: cut by a crash, or made wrong by a bug.
enum Truncating {
  static func head(_ facts: Facts) -> Judgement {
    if let gone = Closing.gone(.truncatedHeaders, facts) { return gone }
    let came = facts.bytesReceived.map { " after \(Shown.bytes($0))" } ?? ""
    return Judgement(
      "The application at \(facts.here) closed the connection in the middle of the response head\(came)",
      next: "Look in the application's log at \(facts.clock): it ended while it answered \(facts.request).",
      .observed(.truncatedHeaders, facts.evidence == nil ? .possible : .likely, evidence(facts)),
      or: [crash(facts), .root(.responseBug, .possible, [fine(facts)])])
  }

  static func body(_ facts: Facts) -> Judgement {
    if let gone = Closing.gone(.truncatedBody, facts) { return gone }
    let sentence = "The application at \(facts.here) broke its response off: \(amount(facts))"
    if facts.attempt?.errno == "ECONNRESET" || facts.otherBreak != nil {
      return Judgement(
        sentence + (facts.otherBreak == nil ? ", by a reset" : "; others broke at the same time"),
        next: "Look in the application's log at \(facts.clock) for a crash or a killed worker.",
        .observed(.truncatedBody, facts.evidence == nil ? .possible : .likely, evidence(facts)),
        or: [crash(facts), .root(.responseBug, .possible, [fine(facts)])], checks: [.process, .resources])
    }
    let isAlone = facts.isOtherwiseFine == true
    return Judgement(
      sentence + (isAlone ? ", closed in good order while it works otherwise" : ""),
      next: "Compare the Content-Length that the application sends with what it writes for \(facts.request).",
      .observed(.truncatedBody, facts.evidence == nil ? .possible : .likely, evidence(facts)),
      or: isAlone
        ? [
          .root(.responseBug, .possible, [fine(facts), "An orderly close is what a wrong length looks like."]),
          crash(facts),
        ]
        : [crash(facts), .root(.responseBug, .possible, [fine(facts)])])
  }

  /// `512 of 1024 bytes came`.
  static func amount(_ facts: Facts) -> String {
    let received = facts.evidence?.receivedLength
    if let declared = facts.evidence?.declaredLength {
      return received.map { "\($0) of \(Shown.bytes(declared)) came" } ?? "less than \(Shown.bytes(declared)) came"
    }
    guard let received = received ?? facts.bytesReceived else { return "its end did not come" }
    return "\(Shown.bytes(received)) came, and not the end"
  }

  private static func evidence(_ facts: Facts) -> [String?] {
    let body =
      facts.evidence.flatMap { $0.declaredLength ?? $0.receivedLength } == nil ? nil : "Of the body, \(amount(facts))."
    return [body, facts.transferred, facts.errno, facts.connection, facts.lastAnswer, facts.inARow]
  }

  private static func fine(_ facts: Facts) -> String? {
    facts.isOtherwiseFine == true ? "The same endpoint answered properly shortly before." : nil
  }

  private static func crash(_ facts: Facts) -> Explanation {
    .root(.applicationCrash, .possible, [facts.otherBreak.map(facts.seen), facts.errno])
  }
}
