internal import SluiceCore
internal import SluiceIncidents

/// From an address to a connection, where nobody said anything, or the queue was full.
///
/// A TCP accept queue that overflows drops the packet, so it looks like a network that does (DECISIONS 25): only what
/// is around tells them apart.
enum ConnectingLate {
  static func timeout(_ facts: Facts) -> Judgement {
    let limit = facts.evidence.flatMap(\.timeouts).map { " within \(Shown.duration($0.connect))" } ?? " in time"
    let evidence = [facts.lastAnswer, facts.inARow, facts.othersShown, facts.loadSentence, Resolving.others(facts)]
    let place = facts.here
    if facts.place?.isLocal == true {
      return Judgement(
        "The application at \(place) accepts no connections\(limit), and no network lies between: its accept queue is full",
        next: "See whether the process hangs or is overloaded: it does not call accept.",
        .observed(.connectTimeout, .application, .likely, evidence + ["The address is of this machine."]),
        or: [.observed(.backlogFull, .likely, ["A full accept queue drops the connection attempt silently."])])
    }
    if !facts.otherUpstreams.isEmpty {
      return Judgement(
        "No answer from \(place)\(limit), nor from other upstreams: the network of the gateway's machine loses packets",
        next: "Look at the network of the gateway's own machine, then at what lies between.",
        .root(.gatewayNetwork, .likely, evidence), or: [.observed(.connectTimeout, .likely, evidence)])
    }
    if facts.noneConnects {
      return Judgement(
        "None of the \(facts.endpointCount) endpoints of \(facts.upstream) can be connected to; \(place) did not answer\(limit)",
        next: "See what the endpoints share: their network, a firewall, or the load.",
        .observed(.connectTimeout, .network, .possible, evidence),
        or: [overflow(facts), .root(.upstreamDown, .possible, evidence)])
    }
    if facts.isLoaded == true || facts.isOtherwiseFine == true {
      let why = facts.isLoaded == true ? "under load (\(facts.loadShown ?? ""))" : "between successful ones"
      return Judgement(
        "\(place) did not take a connection\(limit), \(why): its accept queue may be full, or packets are lost",
        next: "Look for accept-queue overflows on the endpoint's machine before you look at the network.",
        .undecided(.connectTimeout, evidence),
        or: [overflow(facts), .root(.packetsDropped, .possible)])
    }
    let never = facts.hasAnswered == false
    return Judgement(
      "No answer from \(place)\(limit): packets are lost on the way, the machine is gone, or its accept queue is full",
      next: never
        ? "See whether the address is right and a firewall lets the gateway through: it has never answered."
        : "See whether the machine is up, then for a firewall in between.",
      never ? .observed(.connectTimeout, .network, .likely, evidence) : .undecided(.connectTimeout, evidence),
      or: [.root(.packetsDropped, never ? .likely : .possible, [facts.lastAnswer]), overflow(facts)])
  }

  private static func overflow(_ facts: Facts) -> Explanation {
    .observed(.backlogFull, .possible, ["A full accept queue drops the attempt silently.", facts.loadSentence])
  }

  static func backlogFull(_ facts: Facts) -> Judgement {
    Judgement(
      "The application at \(facts.here) does not accept: the accept queue of its socket is full",
      next: "See whether the process hangs or is overloaded: it does not call accept.",
      .observed(.backlogFull, .certain, [facts.errno, facts.loadSentence]),
      or: [.root(.overload, .possible, [facts.loadSentence]), .root(.applicationHung, .possible, [facts.inARow])])
  }
}
