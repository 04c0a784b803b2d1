internal import SluiceCore
internal import SluiceIncidents

/// From an address to a connection, as far as the other side said no.
enum Connecting {
  static func refused(_ facts: Facts) -> Judgement {
    let evidence = [facts.errno, facts.lastAnswer, facts.inARow, facts.othersShown]
    let place = facts.here
    if facts.noneConnects {
      return Judgement(
        "None of the \(facts.endpointCount) endpoints of \(facts.upstream) takes connections; \(place) refused this one",
        next: "Start the application: no endpoint of the upstream listens.",
        .root(.upstreamDown, .likely, evidence), or: [.observed(.connectRefused, .likely, evidence)])
    }
    let remote: Explanation? =
      facts.place?.isLocal == false
      ? .root(.firewall, .possible, ["A firewall on the way can refuse in the endpoint's place."]) : nil
    switch facts.hasAnswered {
    case true:
      let ago = facts.own?.lastSuccessMs.map { " \(Shown.duration($0)) before" } ?? " before"
      let rest = facts.othersWork == true ? "; the other endpoints work" : ""
      return Judgement(
        "The application at \(place) has stopped listening: it answered\(ago) and now refuses connections\(rest)",
        next: "Start the application again, and see in its log why it ended.",
        .observed(.connectRefused, .likely, evidence),
        or: [facts.brokeToo.map { .root(.applicationCrash, .likely, [$0]) }, remote])
    case false:
      return Judgement(
        "Nothing listens at \(place), and it has not answered since the gateway started: not running, or another port",
        next: "Start the application, or correct the port of the endpoint in the configuration.",
        .observed(.connectRefused, .possible, evidence),
        or: [.root(.wrongPort, .possible, [facts.lastAnswer]), remote])
    case nil:
      return Judgement(
        "Nothing listens at \(place): the connection was refused",
        next: "See whether the application runs and on which port it listens.",
        .observed(.connectRefused, .possible, evidence), or: [.root(.wrongPort, .possible), remote])
    }
  }

  static func reset(_ facts: Facts) -> Judgement {
    let evidence = [facts.errno, facts.connection, facts.transferred, facts.lastAnswer]
    let place = facts.here
    if facts.place?.isLocal == true {
      return Judgement(
        "The application at \(place) reset the connection as it was set up, before a byte of the request",
        next: "See why the application closes at accept: a connection limit, a restart, or a port of another protocol.",
        .observed(.connectReset, .application, .likely, evidence + ["No network lies between: the address is local."]))
    }
    return Judgement(
      "The connection to \(place) was reset while it was set up, by the application or by a firewall on the way",
      next: "Connect from another machine: if that works, look at the firewall between here and there.",
      .undecided(.connectReset, evidence),
      or: [
        .observed(.connectReset, .network, .possible, ["A firewall or load balancer on the way can reset it."]),
        .observed(.connectReset, .application, .possible, ["A program that closes at accept looks the same."]),
      ], checks: [.directProbe])
  }

  static func unreachable(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what = cause == .hostUnreachable ? "host" : "network"
    let evidence = [facts.errno, facts.lastAnswer, Resolving.others(facts), facts.othersShown]
    if !facts.otherUpstreams.isEmpty {
      return Judgement(
        "The gateway's machine has no route to the \(what) of \(facts.here), nor to other upstreams",
        next: "Look at the network of the gateway's own machine: interfaces, routes, and `ip route get ADDRESS`.",
        .root(.gatewayNetwork, .likely, evidence), or: [.observed(cause, .likely, evidence)])
    }
    return Judgement(
      "There is no route to the \(what) of \(facts.here)"
        + (facts.hasAnswered == true ? ", which was reached before" : ""),
      next:
        "See whether the endpoint's machine is up and the address right; `ip route get ADDRESS` shows the way taken.",
      .observed(cause, facts.evidence == nil ? .possible : .likely, evidence),
      or: [
        facts.hasAnswered == true
          ? nil : .observed(cause, .configuration, .possible, ["The address may be wrong: it never answered here."])
      ])
  }

  static func prohibited(_ facts: Facts) -> Judgement {
    let byKernel = facts.attempt?.errno != nil
    return Judgement(
      byKernel
        ? "This machine forbids connections to \(facts.here): a local firewall rule, or a broadcast address"
        : "The configuration forbids connections to the address of \(facts.here)",
      next: byKernel
        ? "Look at the firewall rules of the gateway's machine." : "Correct the endpoint, or allow its address.",
      .observed(.ipProhibited, byKernel ? .likely : .certain, [facts.errno]))
  }

  static func socketMissing(_ facts: Facts) -> Judgement {
    let evidence = [facts.errno, facts.lastAnswer]
    if facts.hasAnswered == true {
      return Judgement(
        "The application behind \(facts.here) has stopped: its Unix socket was there before and is gone",
        next: "Start the application again, and see in its log why it ended.",
        .observed(.unixSocketMissing, .application, .likely, evidence))
    }
    return Judgement(
      "The Unix socket \(facts.here) does not exist: the path is wrong, or the application does not run",
      next: "Compare the path with the one that the application is told to listen on, then see whether it runs.",
      .observed(.unixSocketMissing, .possible, evidence),
      or: [.observed(.unixSocketMissing, .application, .possible, ["A program that did not start makes no socket."])])
  }

  static func socketPermission(_ facts: Facts) -> Judgement {
    Judgement(
      "The gateway's user may not open the Unix socket \(facts.here)",
      next: "Give the gateway's user write access to the socket and search access to its folders.",
      .observed(.unixSocketPermission, .certain, [facts.errno]))
  }

  static func noLocalPort(_ facts: Facts) -> Judgement {
    Judgement(
      "The gateway's machine has no local port left for another connection to \(facts.here)",
      next: "Let connections be reused, add endpoints or addresses, or widen net.ipv4.ip_local_port_range.",
      .observed(.localPortsExhausted, .certain, [facts.errno, facts.loadSentence]))
  }

  static func noLocalResources(_ facts: Facts) -> Judgement {
    let what =
      switch facts.attempt?.errno {
      case "EMFILE": "the gateway's process has no file descriptor left"
      case "ENFILE": "the gateway's machine has no file descriptor left"
      case "ENOBUFS", "ENOMEM": "the gateway's machine has no socket memory left"
      default: "the gateway has no file descriptor or socket memory left"
      }
    return Judgement(
      "No connection to \(facts.here) could be opened: \(what)",
      next: "Raise LimitNOFILE of the gateway's unit, or lower `limits.connections`.",
      .observed(.localFdsOrMemory, .certain, [facts.errno, facts.loadSentence]))
  }
}
