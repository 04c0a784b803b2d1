internal import SluiceDiagnosis
internal import SluiceIncidents

/// Incidents are listed, and each is explained.
enum IncidentRoutes {
  static let path = "/api/v1/incidents"
  static let idMeaning = "What the client got as Sluice-Incident, or a beginning of it that no other one has."

  /// Incidents of one page.
  static let limitMax: Int64 = 500

  static let list = PagedList(
    "Incidents", limitMax: limitMax, limitDefault: 50,
    own: AdminParameter("problem", .integer(1...Int64.max), "The number of a problem: its incidents only."),
    after: .integer(1...Int64.max))

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    let store = StoreAccess(source: source)
    return [
      list.route(
        path,
        AdminOperation(
          "listIncidents", "Failed exchanges, and those that were saved; the newest first.",
          [
            .json(200, IncidentsDocument.self, "A page of them."),
            .problem(422, "There is no such moment, or since is not before until."),
            .problem(503, "Nothing is kept, or it cannot be read."),
          ]), store
      ) { request, reader, now in
        try page(request, reader, limit: list.limit(request), at: now).map { .json(200, $0) }
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

  /// - Returns: nil where `since` is not before `until`.
  static func page(
    _ request: AdminRequest, _ reader: IncidentReader, limit: Int, at now: Int64
  ) throws -> IncidentsDocument? {
    let values = request.values
    guard let filter = FilterParameters.filter(values, at: now) else { return nil }
    let page = try reader.incidents(
      filter, limit: limit, after: values.integer("after").map { IncidentCursor(number: $0) })
    let next = list.next(request, after: page.isMore ? page.cursor.map { "\($0.number)" } : nil)
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
