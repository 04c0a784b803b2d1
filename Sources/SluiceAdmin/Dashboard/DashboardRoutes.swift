internal import SluiceDiagnosis
internal import SluiceIncidents
internal import Synchronization

/// The pages that people look at, and the files that these need.
enum DashboardRoutes {
  static func routes(_ source: AdminSource, _ pulse: AdminPulse) -> [AdminRoute] {
    let guide = GuideLink()
    return files + [
      AdminRoute(
        "GET", "/",
        parameters: [AdminParameter("part", .word(OverviewPage.partNames), "Only parts of the page, for its script.")]
      ) { request in
        let part = request.values["part"]
        let overview = await Overview.read(source, pulse, isDiagnosed: part != "state")
        return OverviewPage(overview: overview, guide: guide).answer(part: part)
      },
      AdminRoute("GET", "/incidents") { await incidents($0, source, guide) },
      AdminRoute("GET", "/incidents/{id}", parameters: []) { request in
        await incident(request.values["id"] ?? "", source, guide)
      },
      AdminRoute("GET", "/problems/{number}", parameters: []) { request in
        await problem(request.values["number"] ?? "", source, guide)
      },
    ]
  }

  /// They are the same for everybody and tell nothing of the gateway.
  private static let files: [AdminRoute] = [
    file("/dashboard.css", "text/css; charset=utf-8", DashboardStyle.css),
    file("/dashboard.js", "text/javascript; charset=utf-8", DashboardScript.javaScript),
    file("/dashboard.svg", "image/svg+xml", DashboardStyle.icon),
  ]

  private static func file(_ path: String, _ contentType: String, _ text: String) -> AdminRoute {
    let answer = AdminAnswer(status: 200, contentType: contentType, body: Array(text.utf8))
    return AdminRoute("GET", path, isOpen: true, parameters: []) { _ in answer }
  }

  // MARK: Incidents

  private static func incidents(_ request: AdminRequest, _ source: AdminSource, _ guide: GuideLink) async -> AdminAnswer
  {
    var values = AdminValues()
    var list = IncidentListPage(
      values: values, page: nil, mistake: nil, upstreams: await source.upstreams(), now: source.wallTime())
    do {
      try values.add(query: filled(request.query), IncidentRoutes.list.parameters)
      list.values = values
    } catch {
      list.mistake = error.detail
    }
    var status = list.mistake == nil ? 200 : 400
    if list.mistake == nil {
      var asked = request
      asked.values = values
      let found = await StoreAccess(source: source).explained { [asked] reader, now in
        try IncidentRoutes.page(asked, reader, limit: IncidentListPage.limit, at: now)
      }
      switch found {
      case .success(let page?): list.page = page
      case .success(nil): (list.mistake, status) = ("'since' is not before 'until'.", 400)
      case .failure(let absence): (list.mistake, status) = (absence.sentence, 503)
      }
    }
    let frame = DashboardFrame(
      title: "Incidents", place: .incidents, name: await source.status().name, guide: guide)
    return frame.answer(status: status) { [list] in list.write(to: &$0) }
  }

  /// A form sends its empty fields, too.
  private static func filled(_ query: String?) -> String? {
    query.map { $0.split(separator: "&").filter { !$0.hasSuffix("=") }.joined(separator: "&") }
  }

  private static func incident(_ id: String, _ source: AdminSource, _ guide: GuideLink) async -> AdminAnswer {
    let name = await source.status().name
    let found = await StoreAccess(source: source).explained { reader, now -> (IncidentLookup, WhyAnswer?) in
      let lookup = try reader.find(id: id, at: now)
      guard case .found(let incident) = lookup else { return (lookup, nil) }
      return (lookup, WhyAnswer(incident, in: try IncidentSurroundings(of: incident, in: reader, at: now)))
    }
    switch found {
    case .failure(let absence):
      return NothingPage(title: "Incidents cannot be read", sentence: absence.sentence, links: [])
        .answer(status: 503, name: name, guide: guide)
    case .success(let (_, answer?)):
      let page = IncidentPage(answer: answer, now: source.wallTime(), guide: guide)
      return DashboardFrame(title: answer.verdict.sentence, place: .incidents, name: name, guide: guide)
        .answer { page.write(to: &$0) }
    case .success(let (lookup, nil)):
      return NothingPage(lookup: lookup).answer(status: 404, name: name, guide: guide)
    }
  }

  // MARK: Problems

  private static func problem(_ number: String, _ source: AdminSource, _ guide: GuideLink) async -> AdminAnswer {
    let name = await source.status().name
    let found = await StoreAccess(source: source).explained { reader, now -> ProblemPage? in
      guard let number = Int64(number), let problem = try reader.problem(number: number, at: now) else { return nil }
      var answer: WhyAnswer?
      if let example = problem.example, case .found(let incident) = try reader.find(id: example, at: now) {
        answer = WhyAnswer(incident, in: try IncidentSurroundings(of: incident, in: reader, at: now))
      }
      var filter = IncidentFilter()
      filter.problem = number
      let latest = try reader.incidents(filter, limit: ProblemPage.incidentsMax)
      return ProblemPage(
        problem: try ProblemRoutes.document(problem, in: reader, at: now), answer: answer,
        incidents: latest.incidents.map { IncidentSummary($0) },
        changes: try reader.changes(since: now - ProblemRoutes.rateMinutes * 60_000), now: now, guide: guide)
    }
    switch found {
    case .failure(let absence):
      return NothingPage(title: "Problems cannot be read", sentence: absence.sentence, links: [])
        .answer(status: 503, name: name, guide: guide)
    case .success(let page?):
      return DashboardFrame(
        title: page.problem.verdict?.sentence ?? page.problem.sentence, isLive: true, name: name, guide: guide
      ).answer { page.write(to: &$0) }
    case .success(nil):
      return NothingPage(
        title: "There is no such problem", sentence: "No problem has this number, or it is not kept any more.",
        links: []
      ).answer(status: 404, name: name, guide: guide)
    }
  }
}
