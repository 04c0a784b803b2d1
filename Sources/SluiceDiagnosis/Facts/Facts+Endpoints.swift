internal import SluiceCore
internal import SluiceIncidents

// The endpoint at that moment, and the others beside it.

extension Facts {
  private var conditions: [EndpointCondition] { evidence?.endpoints ?? [] }

  /// What was known of the endpoint that failed.
  var own: EndpointCondition? { conditions.first { $0.endpoint == attempt?.endpoint } }

  var others: [EndpointCondition] { conditions.filter { $0.endpoint != attempt?.endpoint } }

  var endpointCount: Int { conditions.count }

  /// Whether the endpoint had answered shortly before, and this is its first failure since.
  var isOtherwiseFine: Bool? {
    guard let own else { return nil }
    guard let success = own.lastSuccessMs else { return false }
    return success <= Self.recent && own.failuresInARow <= 1
  }

  /// Whether the endpoint has answered at all; nil where that is not known.
  var hasAnswered: Bool? { own.map { $0.lastSuccessMs != nil } }

  /// Whether the other endpoints of the upstream work; nil where there are none, or nothing is known of them.
  var othersWork: Bool? {
    let others = others
    guard !others.isEmpty else { return nil }
    return others.allSatisfy { $0.failuresInARow == 0 && ($0.lastSuccessMs ?? .infinity) <= Self.recent }
  }

  /// Whether each endpoint of an upstream of several failed last, within a minute.
  var allFail: Bool {
    let others = others
    guard own != nil, !others.isEmpty else { return false }
    return others.allSatisfy { $0.failuresInARow > 0 && ($0.lastFailureMs ?? .infinity) <= Self.recent }
  }

  /// Whether none of several endpoints can be connected to.
  var noneConnects: Bool {
    guard let cause, Self.isUnconnected(cause), allFail else { return false }
    return others.allSatisfy { $0.lastFailureCause.flatMap(Cause.named).map(Self.isUnconnected) ?? false }
  }

  private static func isUnconnected(_ cause: Cause) -> Bool { unconnected.contains(cause) }

  private static let unconnected: Set<Cause> = [
    .connectRefused, .connectTimeout, .hostUnreachable, .netUnreachable, .unixSocketMissing, .backlogFull,
  ]

  var failuresInARow: Int { own?.failuresInARow ?? 0 }

  /// Whether the endpoint was seen to accept nobody within ten seconds of the incident: the process is gone.
  var refusesToo: Bool {
    let gone: Set<String> = [Cause.connectRefused.identifier, Cause.unixSocketMissing.identifier]
    let attempts = record.attempts ?? []
    if attempts.contains(where: { $0.endpoint == attempt?.endpoint && $0.cause.map(gone.contains) == true }) {
      return true
    }
    if let own, let last = own.lastFailureCause, gone.contains(last), let ago = own.lastFailureMs {
      return ago <= Double(Self.sameTime)
    }
    return problemsHere.contains { gone.contains($0.key.cause) }
  }

  // MARK: Load

  /// Whether as many requests were under way, or waiting, that another one is too many.
  var isLoaded: Bool? {
    guard let load = evidence?.load else { return nil }
    if load.queued > 0 { return true }
    return isNear(load.requests, load.requestsMax) || isNear(load.connections, load.connectionsMax)
  }

  private func isNear(_ value: Int, _ limit: Int) -> Bool { limit > 0 && Double(value) >= 0.9 * Double(limit) }

  /// `98 of 100 requests under way, 7 waiting`.
  var loadShown: String? {
    evidence?.load.map { load in
      if isNear(load.connections, load.connectionsMax), !isNear(load.requests, load.requestsMax) {
        return "\(load.connections) of \(load.connectionsMax) connections in use, \(load.queued) waiting"
      }
      return "\(load.requests) of \(load.requestsMax) requests under way, \(load.queued) waiting"
    }
  }
}
