internal import SluiceDiagnosis
internal import SluiceIncidents

/// The first page: what is wrong now, then how everything does.
///
/// It stands in parts, which the script replaces by newer ones of the same renderer.
struct OverviewPage {
  /// Names of parts that are asked for alone: `state` needs no diagnosis, and so is asked for more often.
  static let partNames = ["all", "state"]

  let overview: Overview
  let guide: GuideLink

  private var headline: Headline { Headline(overview) }

  func answer(part: String?) -> AdminAnswer {
    guard part == nil else { return DashboardFrame.fragment(write) }
    let frame = DashboardFrame(
      title: headline.title, place: .now, isLive: true, name: overview.status.name, guide: guide)
    return frame.answer(write)
  }

  private func write(_ page: inout HTMLWriter) {
    part("now", "class=\"now \(headline.tone.rawValue)\"", &page) { headline.write(to: &$0) }
    if overview.isDiagnosed { part("problems", "", &page) { problems(&$0) } }
    let attention = Attention.all(overview.status, overview.upstreams)
    part("attention", attention.isEmpty ? "hidden" : "", &page) { self.attention(attention, &$0) }
    part("upstreams", "", &page) { UpstreamSection(overview).write(to: &$0) }
    page.within("div", "class=\"columns\"") { page in
      part("traffic", "", &page) { TrafficSection(overview, guide: guide).write(to: &$0) }
      part("changes", "", &page) { changes(&$0) }
    }
    if overview.isDiagnosed { part("over", over.isEmpty ? "hidden" : "", &page) { over(over, &$0) } }
    part("gateway", "", &page) { GatewaySection(overview.status).write(to: &$0) }
  }

  private func part(
    _ name: String, _ attributes: String, _ page: inout HTMLWriter, _ body: (inout HTMLWriter) -> Void
  ) {
    let label = name == "now" ? "" : " aria-labelledby=\"\(name)-title\""
    page.within("section", "id=\"\(name)\" data-part\(label) \(attributes)", body)
  }

  // MARK: Parts

  private var over: [Problem] { (try? overview.stored.get())?.over ?? [] }

  private func problems(_ page: inout HTMLWriter) {
    page.element("h2", "id=\"problems-title\" class=\"unseen\"", "Problems that go on")
    switch overview.stored {
    case .failure(let absence): page.element("p", "class=\"quiet\"", absence.sentence)
    case .success(let stored):
      for problem in stored.told {
        ProblemCard(problem, changes: overview.changes, at: overview.time, guide: guide).write(to: &page)
      }
    }
  }

  private func attention(_ all: [Attention], _ page: inout HTMLWriter) {
    page.element("h2", "id=\"attention-title\"", "Worth a look")
    page.within("ul", "class=\"attention\"") { page in
      for one in all {
        page.within("li") { page in
          Badge(one.tone == .bad ? "urgent" : "soon", one.tone).write(to: &page)
          page.raw(" ")
          page.text(one.sentence)
        }
      }
    }
  }

  private func changes(_ page: inout HTMLWriter) {
    page.element("h2", "id=\"changes-title\"", "Deploys and other changes")
    guard !overview.changes.isEmpty else {
      page.element("p", "class=\"quiet\"", "None in the last day. Mark one before you deploy:")
      return page.command("sluice deploy \"api v42\"")
    }
    page.within("ol", "class=\"changes\"") { page in
      for change in overview.changes {
        page.within("li", change.kind == .deploy ? "class=\"deploy\"" : "") { page in
          page.age(change.time, at: overview.time)
          page.within("span") { page in
            if change.kind != .start { page.element("strong", "", change.kind.short) }
            page.text(" \(change.text)" + (change.upstream.map { " (upstream \($0))" } ?? ""))
          }
        }
      }
    }
  }

  private func over(_ problems: [Problem], _ page: inout HTMLWriter) {
    page.element("h2", "id=\"over-title\"", "Over, of the last day")
    DataTable(
      caption: "Problems of the last day that are over",
      columns: [
        .init("Cause"), .init("Where"), .init("Ended"), .init("Lasted"), .init("Incidents", isNumber: true),
      ],
      rows: problems.map { problem in
        [
          .written { $0.link("/problems/\(problem.number)", problem.key.cause) },
          .text(problem.key.endpoint ?? problem.key.upstream ?? problem.key.route ?? "–"),
          .written { $0.age(problem.lastSeen, at: overview.time) },
          .text(DashboardText.span(Double(problem.lastSeen - problem.firstSeen))),
          .text(DashboardText.count(problem.count)),
        ]
      }
    ).write(to: &page)
  }
}
