internal import SluiceDiagnosis
internal import SluiceIncidents

/// One problem: its card, how sure its verdict is, what else may explain it, and its latest incidents.
struct ProblemPage {
  /// Incidents that are listed.
  static let incidentsMax = 10

  let problem: ProblemDocument
  /// Of its example; nil: none of its incidents is kept.
  let answer: WhyAnswer?
  let incidents: [IncidentSummary]
  let changes: [Change]
  let now: Int64
  let guide: GuideLink

  func write(to page: inout HTMLWriter) {
    page.within("section", "id=\"problem\" data-part aria-label=\"The problem\"") { page in
      ProblemCard(problem, changes: changes, at: now, guide: guide, isAlone: true).write(to: &page)
    }
    DoctorPanel(upstream: problem.place.upstream).write(to: &page)
    if let answer {
      page.within("section", "aria-labelledby=\"explained\"") { page in
        page.element("h2", "id=\"explained\"", "What explains it")
        DiagnosisParts(answer: answer, guide: guide).candidates(&page)
      }
      DiagnosisParts(answer: answer, guide: guide).checks(&page)
    }
    guard !incidents.isEmpty else { return }
    page.within("section", "id=\"latest\" data-part aria-labelledby=\"latest-title\"") { page in
      page.element("h2", "id=\"latest-title\"", "Its latest incidents")
      page.within("ul", "class=\"plain\"") { page in
        for incident in incidents {
          page.within("li") { page in
            page.link(
              "/incidents/\(PercentCode.encoded(incident.id))",
              incident.time.map { DashboardText.moment($0, at: now) } ?? incident.id)
            page.text(" \(incident.status == 0 ? "cut" : "\(incident.status)") ")
            page.element(
              "code", "class=\"target\"", [incident.method, incident.path].compactMap { $0 }.joined(separator: " "))
          }
        }
      }
    }
  }
}
