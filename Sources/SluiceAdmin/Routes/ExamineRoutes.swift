internal import SluiceDiagnosis
internal import SluiceIncidents
internal import Synchronization

/// The doctor is run: what `sluice doctor` does, at the running gateway.
///
/// One examination at a time: each connects, reads logs and looks at processes for some seconds, and whoever presses a
/// button twice gains nothing.
enum ExamineRoutes {
  /// Seconds after which to ask again while another examination runs.
  static let retryAfter = 5

  private final class Turn: Sendable {
    private let isTaken = Atomic<Bool>(false)

    func take() -> Bool {
      isTaken.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    }
    func giveBack() { isTaken.store(false, ordering: .releasing) }
  }

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    let (turn, store) = (Turn(), StoreAccess(source: source))
    let outcomes: [AdminOperation.Outcome] = [
      .json(200, DoctorAnswer.self, "What was found, in the shape of `sluice doctor --json`."),
      .problem(429, "Another examination is under way."),
    ]
    return [
      AdminRoute(
        "POST", "/api/v1/upstreams/{upstream}/examine", parameters: [],
        operation: AdminOperation(
          "examineUpstream", "Examine the endpoints of an upstream now; takes some seconds.",
          outcomes + [.problem(404, "There is no such upstream.")], body: EmptyBody.schema,
          names: ["upstream": "The name of an upstream."])
      ) { request in
        if let refusal = EmptyBody.refusal(of: request.body) { return refusal }
        return await examine(request.values["upstream"] ?? "", moment: nil, turn, source)
      },
      AdminRoute(
        "POST", IncidentRoutes.path + "/{id}/examine", parameters: [],
        operation: AdminOperation(
          "examineIncident", "Examine the incident's upstream, with logs and changes around the incident's time.",
          outcomes + [
            .json(404, MissingIncident.self, "There is no such incident.", contentType: "application/problem+json"),
            .problem(422, "The incident has no upstream that is still there."),
            .problem(503, "Nothing is kept, or it cannot be read."),
          ], body: EmptyBody.schema, names: ["id": IncidentRoutes.idMeaning])
      ) { request in
        if let refusal = EmptyBody.refusal(of: request.body) { return refusal }
        return await examineIncident(request.values["id"] ?? "", turn, store)
      },
    ]
  }

  private static func examineIncident(_ id: String, _ turn: Turn, _ store: StoreAccess) async -> AdminAnswer {
    let found = Mutex<Incident?>(nil)
    let answer = await store.answer { reader, now in
      try IncidentRoutes.found(id, in: reader, at: now) { incident in
        found.withLock { $0 = incident }
        return .text(200, "found")
      }
    }
    guard let incident = found.withLock({ $0 }) else { return answer }
    guard let upstream = incident.record.upstream, await store.source.upstreams().contains(upstream) else {
      return .problem(
        422, "Unprocessable content", "The incident has no upstream that is configured now: nothing to examine.")
    }
    return await examine(upstream, moment: incident.time, turn, store.source)
  }

  private static func examine(
    _ upstream: String, moment: Int64?, _ turn: Turn, _ source: AdminSource
  ) async -> AdminAnswer {
    guard turn.take() else {
      return .problem(
        429, "Too many requests", "Another examination is under way; ask again in \(retryAfter) seconds.",
        [.init(name: "Retry-After", value: "\(retryAfter)")])
    }
    defer { turn.giveBack() }
    guard let answer = await source.examine(upstream, moment) else {
      return EndpointRoutes.missing("upstream", upstream, in: await source.upstreams())
    }
    return .json(200, answer)
  }
}
