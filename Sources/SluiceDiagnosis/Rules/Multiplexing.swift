internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// HTTP/2 towards the endpoint.
enum Multiplexing {
  private static func evidence(_ facts: Facts) -> [String?] {
    [said(facts), facts.connection, facts.transferred, facts.lastAnswer, facts.inARow, facts.loadSentence]
  }

  /// The code that the endpoint ended with, or the rule that it broke.
  private static func said(_ facts: Facts) -> String? {
    guard let http2 = facts.evidence?.http2 else { return nil }
    if let identifier = http2.rule {
      let rule = HTTP2Rule.allCases.first { $0.identifier == identifier }
      return
        "The rule that it broke: \(rule?.sentence ?? Shown.text(identifier, limit: 60)) (\(Shown.text(identifier, limit: 60)))."
    }
    return http2.code.map { "It said \(Shown.text($0, limit: 60))." }
  }

  static func goaway(_ facts: Facts) -> Judgement {
    if let gone = Closing.gone(.h2GoawayUnprocessed, facts) { return gone }
    return Judgement(
      "The endpoint \(facts.here) is closing its HTTP/2 connection (GOAWAY) and did not process this request",
      next: "Nothing to do where it was replayed: a restart or an idle limit announces itself so.",
      .observed(.h2GoawayUnprocessed, facts.latestDeploy == nil ? .possible : .likely, evidence(facts)),
      or: [.observed(.h2GoawayUnprocessed, .application, .possible, ["Limits of age or idleness send GOAWAY too."])])
  }

  static func refusedStream(_ facts: Facts) -> Judgement {
    Judgement(
      "The endpoint \(facts.here) refused the HTTP/2 stream before it processed the request: it is at a limit",
      next: "Compare the streams under way with the limit that the application sets.",
      .observed(.h2RefusedStream, .likely, evidence(facts)), or: [.root(.overload, .possible, [facts.loadSentence])])
  }

  static func streamReset(_ facts: Facts) -> Judgement {
    if let gone = Closing.gone(.h2StreamReset, facts) { return gone }
    return Judgement(
      "The application at \(facts.here) reset the HTTP/2 stream of \(facts.request)",
      next: "Look in the application's log at \(facts.clock): a handler ended without an answer.",
      .observed(.h2StreamReset, facts.isOtherwiseFine == true ? .likely : .possible, evidence(facts)),
      or: [.root(.applicationCrash, .possible, [facts.inARow])])
  }

  static func violation(_ facts: Facts) -> Judgement {
    Judgement(
      "The endpoint \(facts.here) broke the rules of HTTP/2",
      next: "See which program and version answers there; try HTTP/1.1 with `protocol: http1`.",
      .observed(.h2ProtocolViolation, .likely, evidence(facts) + [facts.rule]), or: [.root(.responseBug, .possible)])
  }

  static func pingTimeout(_ facts: Facts) -> Judgement {
    let isLocal = facts.place?.isLocal == true
    return Judgement(
      "The endpoint \(facts.here) no longer answers on its HTTP/2 connection, not even a PING",
      next: isLocal
        ? "See whether the process hangs." : "See whether the machine can be reached and the process hangs.",
      .observed(.h2PingTimeout, isLocal ? .application : .network, .possible, evidence(facts)),
      or: [.root(.applicationHung, .possible, [facts.inARow]), isLocal ? nil : .root(.packetsDropped, .possible)])
  }
}
