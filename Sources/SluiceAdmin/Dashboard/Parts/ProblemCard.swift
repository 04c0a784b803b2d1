internal import SluiceDiagnosis
internal import SluiceIncidents

/// A problem with its verdict, how often it happens, and where to go from there.
struct ProblemCard {
  let problem: ProblemDocument
  let changes: [Change]
  let now: Int64
  let guide: GuideLink
  /// Whether it is the subject of the page, and leads nowhere.
  var isAlone = false

  init(_ problem: ProblemDocument, changes: [Change], at now: Int64, guide: GuideLink, isAlone: Bool = false) {
    self.problem = problem
    self.changes = changes
    self.now = now
    self.guide = guide
    self.isAlone = isAlone
  }

  private var tone: Badge.Tone {
    guard problem.state == .ongoing else { return .quiet }
    return problem.isNoticed ? .bad : .warning
  }

  private var state: String {
    guard problem.state == .ongoing else { return "over" }
    return problem.isNoticed ? "goes on" : "goes on, unnoticed"
  }

  func write(to page: inout HTMLWriter) {
    let id = "problem-\(problem.number)"
    page.within("article", "class=\"problem \(tone.rawValue)\" aria-labelledby=\"\(id)\"") { page in
      page.within("div", "class=\"story\"") { page in
        page.within("p", "class=\"place\"") { page in
          Badge(state, tone).write(to: &page)
          place(&page)
        }
        title(id, &page)
        if let verdict = problem.verdict {
          page.within("p", "class=\"next\"") { page in
            page.element("strong", "", "Next:")
            page.text(" \(verdict.next)")
          }
        }
        page.facts(facts)
        links(&page)
      }
      RateChart(problem.rate, changes: changes, upstream: problem.place.upstream).write(to: &page)
    }
  }

  private func title(_ id: String, _ page: inout HTMLWriter) {
    let sentence = problem.verdict?.sentence ?? problem.sentence
    page.within(isAlone ? "h1" : "h3", "id=\"\(id)\"") { page in
      if isAlone {
        page.text(sentence)
      } else {
        page.link("/problems/\(problem.number)", sentence)
      }
    }
  }

  private func place(_ page: inout HTMLWriter) {
    let parts = [problem.place.upstream.map { "upstream \($0)" }, problem.place.endpoint]
    let shown = parts.compactMap { $0 }
    for part in shown.isEmpty ? [problem.place.route.map { "route \($0)" } ?? "before a route was chosen"] : shown {
      page.element("span", "", part)
    }
  }

  private var facts: [Fact] {
    let who = problem.verdict.map { "\($0.who), \($0.sure.rawValue)" } ?? problem.who
    let incidents = DashboardText.count(problem.count)
    let saved = problem.absorbed > 0 ? ", \(DashboardText.count(problem.absorbed)) unnoticed" : ""
    let end = problem.state == .ongoing ? "Last seen" : "Ended"
    return [
      Fact("Who", who),
      Fact("Since") { page in
        page.element(
          "time", "datetime=\"\(DashboardText.stamp(problem.firstSeen))\"",
          DashboardText.moment(problem.firstSeen, at: now))
        page.text(" (\(DashboardText.span(Double(now - problem.firstSeen))))")
      },
      Fact(end) { $0.age(problem.lastSeen, at: now) },
      Fact("Incidents", "\(incidents)\(saved)"),
    ]
  }

  private func links(_ page: inout HTMLWriter) {
    page.within("p", "class=\"links\"") { page in
      if let example = problem.example { page.link("/incidents/\(example)", "Evidence of one incident") }
      page.link("/incidents?problem=\(problem.number)", "All its incidents")
      if let cause = guide.cause(problem.cause) { page.link(cause, "What \(problem.cause) means") }
      if let root = problem.verdict?.cause, root != problem.cause, let path = guide.cause(root) {
        page.link(path, "What \(root) means")
      }
    }
  }
}
