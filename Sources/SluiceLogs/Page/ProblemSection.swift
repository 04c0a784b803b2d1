internal import SluiceDiagnosis

/// One problem of the page.
struct ProblemSection {
  let problem: LogProblem
  let number: Int

  init(_ problem: LogProblem, number: Int) {
    self.problem = problem
    self.number = number
  }

  func write(to page: inout HTMLWriter) {
    page.raw("<article aria-labelledby=\"problem-\(number)\">\n")
    page.element("h2", "id=\"problem-\(number)\"", problem.verdict.sentence)
    page.raw("<p class=\"badges\">")
    let state = problem.isOngoing ? "ongoing" : "over"
    for badge in [problem.place, state, problem.verdict.who, problem.verdict.cause, problem.verdict.sure.rawValue] {
      page.element("span", "", badge)
    }
    page.raw("</p>\n<p><strong>Next:</strong> ")
    page.text(problem.verdict.next)
    page.raw("</p>\n")
    page.element("p", "", amounts)
    if let chart = problem.chart {
      ChartDrawing(chart, title: "Failures of problem \(number) over time").write(to: &page)
    }
    list(candidates, "What speaks for it", &page)
    story(&page)
    places(&page)
    checks(&page)
    if !problem.samples.isEmpty {
      page.raw("<details><summary>Lines</summary>\n")
      for sample in problem.samples { PageText.sample(sample, to: &page) }
      page.raw("</details>\n")
    }
    page.raw("</article>\n")
  }

  private var amounts: String {
    var parts = [problem.failed > 0 ? "\(Numbers.plain(problem.failed)) failed" : "None failed in the end"]
    if let requests = problem.requests, requests >= problem.failed, problem.failed > 0 {
      parts[0] += " of \(Numbers.plain(requests)) requests"
    }
    if !problem.statuses.isEmpty { parts.append("status " + PageText.counts(problem.statuses)) }
    if problem.saved > 0 {
      parts.append("\(Numbers.plain(problem.saved))\(problem.failed > 0 ? " more" : "") saved by a retry")
    }
    if let first = problem.first, let last = problem.last {
      parts.append("\(PageText.moment(first)) to \(PageText.moment(last)) UTC")
    }
    if problem.causes.count > 1 {
      let seen = problem.causes.map { share in
        "\(share.cause) (\(Numbers.plain(share.count))\(share.role == .consequence ? " that followed" : ""))"
      }
      parts.append("seen as " + seen.joined(separator: ", "))
    }
    return parts.joined(separator: "; ") + "."
  }

  private var candidates: [String] {
    let all = problem.candidates
    guard all.count > 1 else { return all.first?.evidence ?? [] }
    return all.map { candidate in
      "\(candidate.who): \(candidate.cause) (\(candidate.sure.rawValue)). " + candidate.evidence.joined(separator: " ")
    }
  }

  private func list(_ items: [String], _ title: String, _ page: inout HTMLWriter) {
    guard !items.isEmpty else { return }
    page.element("h3", "", title)
    page.raw("\n<ul>\n")
    for item in items { page.element("li", "", item) }
    page.raw("</ul>\n")
  }

  private func story(_ page: inout HTMLWriter) {
    guard !problem.story.isEmpty else { return }
    page.raw("<h3>What happened</h3>\n<ol class=\"story\">\n")
    for entry in problem.story {
      page.raw("<li>")
      page.element("time", "", entry.time.map(PageText.clock) ?? "?")
      page.raw(" ")
      page.text(entry.sentence)
      page.raw("</li>\n")
    }
    page.raw("</ol>\n")
  }

  private func places(_ page: inout HTMLWriter) {
    list(
      problem.concentrations.map { place in
        let value = place.kind == .time ? place.value : "\(place.kind.rawValue) \(place.value)"
        let requests = place.requestShare.map { ", \(Numbers.percent($0)) of the requests" } ?? ""
        return "\(value): \(Numbers.percent(place.share)) of the failures\(requests)"
      }, "Where", &page)
  }

  private func checks(_ page: inout HTMLWriter) {
    guard !problem.checks.isEmpty else { return }
    page.raw("<h3>Check first</h3>\n<ol>\n")
    for check in problem.checks {
      page.raw("<li>")
      page.text(check.question)
      if let command = check.command {
        page.raw("<pre tabindex=\"0\"><code>")
        page.text(command)
        page.raw("</code></pre>")
      }
      page.raw("</li>\n")
    }
    page.raw("</ol>\n")
  }
}
