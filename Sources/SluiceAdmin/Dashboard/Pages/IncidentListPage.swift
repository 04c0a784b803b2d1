internal import SluiceCore
internal import SluiceDiagnosis
internal import SluiceIncidents

/// Incidents as a list with filters and pages.
struct IncidentListPage {
  /// Incidents of one page.
  static let limit = 50

  /// What was asked for, as the form shows it again.
  var values: AdminValues
  /// nil: `mistake` says why there is none.
  var page: IncidentsDocument?
  var mistake: String?
  let upstreams: [String]
  let now: Int64

  func write(to page: inout HTMLWriter) {
    page.within("div", "class=\"line\"") { page in
      page.element("h1", "", "Incidents")
      if let number = values["problem"] {
        page.within("p", "class=\"links\"") { page in
          page.link("/problems/\(HTMLWriter.escaped(number))", "of problem \(number)")
          page.link("/incidents", "all incidents")
        }
      }
    }
    form(&page)
    if let mistake { page.within("p", "class=\"mistake\" role=\"alert\"") { $0.text(mistake) } }
    guard let list = self.page else { return }
    guard !list.incidents.isEmpty else {
      return page.element("p", "class=\"quiet\"", isFiltered ? "No incident is like that." : "No incident is kept.")
    }
    table(list.incidents).write(to: &page)
    if list.unreadable > 0 {
      page.element(
        "p", "class=\"quiet\"", "\(DashboardText.count(list.unreadable, "record")) could not be read and is left out.")
    }
    if let next = list.next {
      page.within("nav", "class=\"pages\" aria-label=\"Pages of the list\"") { page in
        if values["after"] != nil { page.link(first, "The newest") }
        page.link(next, "Older incidents", "rel=\"next\"")
      }
    }
  }

  private var isFiltered: Bool { IncidentRoutes.list.parameters.contains { values[$0.name] != nil } }

  private var first: String { IncidentRoutes.list.link("/incidents", values, after: nil) }

  // MARK: Parts

  private func form(_ page: inout HTMLWriter) {
    page.within("form", "class=\"filters\" method=\"get\" action=\"/incidents\" aria-label=\"Filters\"") { page in
      // What the form has no field for goes on all the same.
      for name in ["problem", "route"] {
        if let value = values[name] { hidden(name, value, &page) }
      }
      for cause in values.all("cause").dropFirst() { hidden("cause", cause, &page) }
      input("since", "Since", hint: "30m, 2h, 3d, 2026-11-24T10:00", &page)
      input("until", "Until", hint: "10m", &page)
      select("kind", "Kind", IncidentKind.allCases.map { ($0.rawValue, $0.rawValue) }, &page)
      select("upstream", "Upstream", upstreams.map { ($0, $0) }, &page)
      select("who", "Who", Owner.allCases.map { ($0.identifier, $0.identifier) }, &page)
      select("cause", "Cause", Cause.allCases.map { ($0.identifier, $0.identifier) }, &page)
      input("status", "Status", hint: "502", &page)
      page.raw("<button type=\"submit\">Show</button>")
      if isFiltered { page.link("/incidents", "Clear") }
    }
  }

  private func hidden(_ name: String, _ value: String, _ page: inout HTMLWriter) {
    page.raw("<input type=\"hidden\" name=\"\(name)\" value=\"\(HTMLWriter.escaped(value))\">")
  }

  private func input(_ name: String, _ label: String, hint: String, _ page: inout HTMLWriter) {
    page.raw("<label>\(label)<input name=\"\(name)\" placeholder=\"\(hint)\" size=\"8\" value=\"")
    page.text(values[name] ?? "")
    page.raw("\" autocomplete=\"off\" spellcheck=\"false\"></label>\n")
  }

  private func select(_ name: String, _ label: String, _ options: [(String, String)], _ page: inout HTMLWriter) {
    // What was asked for is shown even where it is no option any more.
    let chosen = values[name]
    let extra = chosen.map { chosen in options.contains { $0.0 == chosen } ? [] : [(chosen, chosen)] } ?? []
    page.raw("<label>\(label)<select name=\"\(name)\"><option value=\"\">any</option>")
    for (value, shown) in options + extra {
      let mark = value == chosen ? " selected" : ""
      page.element("option", "value=\"\(HTMLWriter.escaped(value))\"\(mark)", shown)
    }
    page.raw("</select></label>\n")
  }

  private func table(_ incidents: [IncidentSummary]) -> DataTable {
    DataTable(
      caption: "Incidents, the newest first",
      columns: [
        .init("Time"), .init("Status", isNumber: true), .init("Cause"), .init("Who"), .init("Request"),
        .init("Upstream"), .init("Endpoint"), .init("Attempts", isNumber: true), .init("Took", isNumber: true),
      ],
      rows: incidents.map { incident in
        [
          .written { time(incident, &$0) }, .written { status(incident, &$0) }, .text(incident.cause ?? "–"),
          .text(incident.who ?? "–"), .written { $0.element("code", "class=\"target\"", target(incident)) },
          .text(incident.upstream ?? "–"), .text(incident.endpoint ?? "–"), .text("\(incident.attempts)"),
          .text(DashboardText.latency(incident.totalMs)),
        ]
      })
  }

  private func time(_ incident: IncidentSummary, _ page: inout HTMLWriter) {
    let shown = incident.time.map { DashboardText.moment($0, at: now) } ?? incident.id
    page.link("/incidents/\(PercentCode.encoded(incident.id))", shown)
  }

  private func status(_ incident: IncidentSummary, _ page: inout HTMLWriter) {
    page.text(incident.status == 0 ? "cut" : "\(incident.status)")
    if incident.kind == .absorbed { page.element("span", "class=\"why\"", "saved") }
  }

  private func target(_ incident: IncidentSummary) -> String {
    let parts = [incident.method, (incident.host ?? "") + (incident.path ?? "")].compactMap { $0 }
    return parts.joined(separator: " ")
  }
}
