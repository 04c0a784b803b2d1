internal import SluiceCore
internal import SluiceIncidents

/// Before there is an endpoint.
enum Choosing {
  static func noRoute(_ facts: Facts) -> Judgement {
    let host = facts.record.host.map { Shown.text($0, limit: 48) } ?? "no host"
    return Judgement(
      "No route of the gateway matches \(facts.request) for host \(host)",
      next: "Add a route for this host and path, or correct the URL that the client uses.",
      .observed(.routeNotFound, .possible, ["The request was \(facts.request) for \(host)."]),
      or: [.observed(.routeNotFound, .client, .possible, ["The client may have asked for what never existed."])])
  }

  static func methodNotAllowed(_ facts: Facts) -> Judgement {
    Judgement(
      "The client sent \(facts.request), and a route matches host and path but not this method",
      next: "Correct the method in the client, or allow it in the route.",
      .observed(.methodNotAllowed, .likely, ["The request was \(facts.request)."]),
      or: [.observed(.methodNotAllowed, .configuration, .possible, ["The route's `methods` may lack it."])])
  }

  static func noEndpoints(_ facts: Facts) -> Judgement {
    Judgement(
      "There was nobody to ask: \(facts.upstream) has no endpoints",
      next: "Add endpoints to the upstream, or see why discovery finds none.",
      .observed(.poolEmpty, .certain, ["The upstream held no endpoint when the request came."]))
  }

  static func allUnhealthy(_ facts: Facts) -> Judgement {
    let count = facts.endpointCount
    let all = count > 1 ? "None of the \(count) endpoints" : "No endpoint"
    let causes = Set((facts.evidence?.endpoints ?? []).compactMap(\.lastFailureCause)).sorted().prefix(3)
    let last =
      causes.isEmpty
      ? "" : "; they failed last with " + causes.map { Shown.text($0, limit: 32) }.joined(separator: ", ")
    return Judgement(
      "\(all) of \(facts.upstream) can be used: unhealthy or ejected\(last)",
      next: "See why the endpoints fail: their own incidents name the cause.",
      .observed(
        .allUnhealthy, count > 0 ? .likely : .possible,
        (facts.evidence?.endpoints ?? []).prefix(4).map { one in
          let ago = one.lastSuccessMs.map { "answered \(Shown.duration($0)) before" } ?? "never answered"
          let standing = one.standing.map { Shown.text($0, limit: 16) + ", " } ?? ""
          return "\(Shown.text(one.endpoint)): \(standing)\(ago), \(one.failuresInARow) failures in a row."
        }))
  }

  static func allDraining(_ facts: Facts) -> Judgement {
    Judgement(
      "Every endpoint of \(facts.upstream) is draining, so no new request goes there",
      next: "Undrain an endpoint, or finish the deploy that drained them.",
      .observed(.allDraining, .certain, ["All endpoints were marked as draining."]))
  }

  static func circuitOpen(_ facts: Facts) -> Judgement {
    Judgement(
      "A circuit breaker in front of \(facts.here) keeps requests away after earlier failures",
      next: "Look for the failures that opened it: they came before this one.",
      .observed(.circuitOpen, .possible, ["The breaker was open when the request came."]))
  }

  static func loop(_ facts: Facts) -> Judgement {
    Judgement(
      "The request came back to this gateway: its Via already names it, so a route or upstream leads here",
      next: "Find the hop that sends it back: an endpoint that is the gateway itself or a proxy that forwards to it.",
      .observed(.loopDetected, .certain, ["The Via of the request holds this installation's name."]))
  }
}
