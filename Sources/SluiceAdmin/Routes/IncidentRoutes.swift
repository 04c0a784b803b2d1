internal import SluiceDiagnosis
internal import SluiceIncidents

/// Incidents are listed, and each is explained.
enum IncidentRoutes {
  static let path = "/api/v1/incidents"
  /// Incidents of one page.
  static let limitMax: Int64 = 500
  static let limitDefault: Int64 = 50

  static let idMeaning = "What the client got as Sluice-Incident, or a beginning of it that no other one has."

  static let parameters =
    FilterParameters.all + [
      AdminParameter("problem", .integer(1...Int64.max), "The number of a problem: its incidents only."),
      AdminParameter("limit", .integer(1...limitMax), "Incidents of one page; \(limitDefault) where it is not given."),
      AdminParameter("after", .integer(1...Int64.max), "From the `next` of a page: those behind it."),
    ]

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    let store = StoreAccess(source: source)
    return [
      AdminRoute(
        "GET", path, parameters: parameters,
        operation: AdminOperation(
          "listIncidents", "Failed exchanges, and those that were saved; the newest first.",
          [
            .json(200, IncidentsDocument.self, "A page of them."),
            .problem(422, "There is no such moment, or since is not before until."),
            .problem(503, "Nothing is kept, or it cannot be read."),
          ])
      ) { request in
        await store.answer { reader, now in try list(request, reader, at: now) }
      },
      AdminRoute(
        "GET", path + "/{id}", parameters: [],
        operation: AdminOperation(
          "explainIncident", "One incident explained, in the shape of `sluice why --json`.",
          [
            .json(200, WhyAnswer.self, "Who, why, what happened, what to check first."),
            .json(404, MissingIncident.self, "There is no such incident.", contentType: "application/problem+json"),
            .problem(503, "Nothing is kept, or it cannot be read."),
          ], names: ["id": idMeaning])
      ) { request in
        await store.answer { reader, now in
          try found(request.values["id"] ?? "", in: reader, at: now) { incident in
            let surroundings = try IncidentSurroundings(of: incident, in: reader, at: now)
            return .json(200, WhyAnswer(incident, in: surroundings))
          }
        }
      },
    ]
  }

  private static func list(_ request: AdminRequest, _ reader: IncidentReader, at now: Int64) throws -> AdminAnswer {
    let limit = Int(request.values.integer("limit") ?? limitDefault)
    return try page(request, reader, limit: limit, at: now).map { .json(200, $0) } ?? FilterParameters.turned
  }

  /// - Returns: nil where `since` is not before `until`.
  static func page(
    _ request: AdminRequest, _ reader: IncidentReader, limit: Int, at now: Int64
  ) throws -> IncidentsDocument? {
    let values = request.values
    guard let filter = FilterParameters.filter(values, at: now) else { return nil }
    let page = try reader.incidents(
      filter, limit: limit, after: values.integer("after").map { IncidentCursor(number: $0) })
    let next = page.isMore ? page.cursor.map { PageLink.next(request, parameters, after: "\($0.number)") } : nil
    return IncidentsDocument(
      incidents: page.incidents.map { IncidentSummary($0) }, unreadable: page.unreadable, next: next)
  }

  /// The incident that an ID, or the beginning of one, leads to.
  static func found(
    _ id: String, in reader: IncidentReader, at now: Int64, _ body: (Incident) throws -> AdminAnswer
  ) throws -> AdminAnswer {
    switch try reader.find(id: id, at: now) {
    case .found(let incident): return try body(incident)
    case .ambiguous(let ids):
      return .json(404, MissingIncident(.ambiguous, ids: ids)).asProblem
    case .notKept(_, let problems):
      return .json(404, MissingIncident(.notKept, problems: problems.map(\.number))).asProblem
    case .unknown: return .json(404, MissingIncident(.unknown)).asProblem
    }
  }
}
