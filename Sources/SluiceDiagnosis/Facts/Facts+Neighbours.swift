internal import SluiceCore
internal import SluiceIncidents

// Other problems that were seen at the same time.

extension Facts {
  /// At the same endpoint.
  var problemsHere: [Problem] {
    guard let endpoint = attempt?.endpoint else { return [] }
    return neighbours.filter { $0.key.endpoint == endpoint && $0.key.upstream == record.upstream }
  }

  /// At the same upstream, whichever endpoint.
  var problemsOfUpstream: [Problem] {
    guard let upstream = record.upstream else { return [] }
    return neighbours.filter { $0.key.upstream == upstream }
  }

  /// Another problem here whose connections broke off too: what ends a process ends all of its exchanges.
  var otherBreak: Problem? { problemsHere.first { Cause.named($0.key.cause).map(Self.breaks.contains) == true } }

  /// What says that the process behind the endpoint ended with requests under way: another problem here, or an earlier
  /// attempt of this exchange.
  var brokeToo: String? {
    if let otherBreak { return seen(otherBreak) }
    let earlier = (record.attempts ?? []).dropLast().first { earlier in
      earlier.endpoint == attempt?.endpoint && earlier.cause.flatMap(Cause.named).map(Self.breaks.contains) == true
    }
    return earlier?.cause.map { "An attempt before at the same endpoint ended with \(Shown.text($0, limit: 40))." }
  }

  private static let breaks: Set<Cause> = [
    .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .truncatedHeaders, .truncatedBody, .connectReset,
  ]

  /// Another problem of this upstream whose requests took too long.
  var otherSlowness: Problem? {
    problemsOfUpstream.first { Cause.named($0.key.cause).map(Self.slowness.contains) == true }
  }

  private static let slowness: Set<Cause> = [
    .responseHeaderTimeout, .requestDeadline, .bodyIdleTimeout, .writeTimeout,
  ]

  /// Whether other upstreams have the same trouble at the same time: then it lies on this side.
  var otherUpstreams: [String] {
    var names: [String] = []
    for problem in neighbours where problem.key.cause == cause?.identifier {
      guard let name = problem.key.upstream, name != record.upstream, !names.contains(name) else { continue }
      names.append(name)
    }
    return names
  }
}

extension Cause {
  private static let byIdentifier = Dictionary(
    allCases.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })

  /// The cause of an identifier; nil for one that this version does not know.
  static func named(_ identifier: String) -> Cause? { byIdentifier[identifier] }
}
