internal import SluiceDiagnosis
internal import SluiceIncidents

/// Problems, those that go on first, with what is thought of each.
enum ProblemRoutes {
  static let path = "/api/v1/problems"
  /// Problems of one page: each is diagnosed.
  static let limitMax: Int64 = 100
  /// Minutes that the rates go back.
  static let rateMinutes: Int64 = 60

  static let list = PagedList(
    "Problems", limitMax: limitMax, limitDefault: 20,
    own: AdminParameter("state", .word(["ongoing", "over"]), "Only those that go on, or only those that are over."),
    after: .text(max: 64))

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    let store = StoreAccess(source: source)
    return [
      list.route(
        path,
        AdminOperation(
          "listProblems", "Incidents of one cause at one place, grouped; those that go on first.",
          [
            .json(200, ProblemsDocument.self, "A page of them."),
            .problem(422, "There is no such moment or page, or since is not before until."),
            .problem(503, "Nothing is kept, or it cannot be read."),
          ]), store
      ) { request, reader, now in try page(request, reader, at: now) },
      AdminRoute(
        "GET", path + "/{number}", parameters: [],
        operation: AdminOperation(
          "getProblem", "One problem.",
          [
            .json(200, ProblemDocument.self, "The problem, with its verdict."),
            .problem(404, "There is no such problem, or not any more."),
            .problem(503, "Nothing is kept, or it cannot be read."),
          ], names: ["number": "The store's number of it."])
      ) { request in
        await store.answer { reader, now in
          guard let number = request.values["number"].flatMap({ Int64($0) }),
            let problem = try reader.problem(number: number, at: now)
          else { return .problem(404, "Not found", "There is no problem of this number.") }
          return .json(200, try document(problem, in: reader, at: now))
        }
      },
    ]
  }

  private static func page(_ request: AdminRequest, _ reader: IncidentReader, at now: Int64) throws -> AdminAnswer? {
    let values = request.values
    guard let filter = FilterParameters.filter(values, at: now) else { return nil }
    var cursor: ProblemCursor?
    if let after = values["after"] {
      cursor = ProblemCursor(after)
      if cursor == nil { return .problem(422, "Unprocessable content", "'after' is not from the 'next' of a page.") }
    }
    let limit = list.limit(request)
    let state = values["state"].flatMap(Problem.State.init)
    let problems = try reader.problems(filter, state: state, limit: limit, after: cursor, at: now)
    let isMore = problems.count == limit
    let next = list.next(request, after: isMore ? problems.last.map { ProblemCursor($0).text } : nil)
    return .json(
      200,
      ProblemsDocument(
        time: now, problems: try problems.map { try document($0, in: reader, at: now) },
        changes: try reader.changes(since: now - rateMinutes * 60_000), next: next))
  }

  /// Those that were seen last; none where they cannot be read.
  static func latest(_ count: Int, _ store: StoreAccess) async -> [ProblemDocument] {
    await store.readIfThere { reader, now in
      try reader.problems(limit: count, at: now).map { try document($0, in: reader, at: now) }
    } ?? []
  }

  static func document(_ problem: Problem, in reader: IncidentReader, at now: Int64) throws -> ProblemDocument {
    let start = (now / 60_000 - rateMinutes + 1) * 60_000
    let minutes = try reader.minutes(ofProblem: problem.number, since: start)
    let counts = (0..<rateMinutes).map { minutes[start + $0 * 60_000] ?? 0 }
    var verdict: Verdict?
    if let example = problem.example, case .found(let incident) = try reader.find(id: example, at: now) {
      verdict = try IncidentSurroundings(of: incident, in: reader, at: now).diagnosis(of: incident).verdict
    }
    return ProblemDocument(
      problem, rate: RateDocument(start: start, spanMs: 60_000, counts: counts), verdict: verdict)
  }
}
