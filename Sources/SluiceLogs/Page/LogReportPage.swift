internal import SluiceDiagnosis

/// A log report as one HTML file: charts as drawings in it, nothing from the network, no script, readable in the dark.
public struct LogReportPage {
  let report: LogReport
  /// The line at the top, as the terminal has it.
  let summary: String
  /// Who wrote it, at its foot.
  let maker: String

  public init(_ report: LogReport, summary: String, maker: String) {
    self.report = report
    self.summary = summary
    self.maker = maker
  }

  public var html: String {
    var page = HTMLWriter()
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    // Nothing is loaded from anywhere, even where a line of a log should be taken for markup.
    page.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.element("title", "", "Why requests failed: \(summary)")
    page.raw("\n<style>\n\(PageStyle.css)</style>\n</head>\n<body>\n<main>\n")
    head(&page)
    for (index, problem) in report.problems.enumerated() { ProblemSection(problem, number: index + 1).write(to: &page) }
    causes(&page)
    input(&page)
    page.raw("</main>\n<footer>")
    page.text(maker)
    page.raw("</footer>\n</body>\n</html>\n")
    return page.text
  }

  // MARK: Parts

  private func head(_ page: inout HTMLWriter) {
    page.raw("<header>\n")
    page.element("h1", "", summary)
    if let first = report.first, let last = report.last {
      page.raw("<p class=\"quiet\">")
      page.text("\(PageText.moment(first)) to \(PageText.moment(last)) UTC")
      page.raw("</p>\n")
    }
    page.raw("<dl class=\"tiles\">")
    let tiles = [
      ("Requests", report.requests), ("Failed", report.failed), ("Saved by a retry", report.saved),
      ("Problems", report.problems.count), ("Lines", report.lines),
      ("Lines not understood", report.lines - report.blank - report.recognised),
    ]
    for (name, count) in tiles {
      page.raw("<div>")
      page.element("dt", "", name)
      page.element("dd", "", Numbers.plain(count))
      page.raw("</div>")
    }
    page.raw("</dl>\n")
    if let chart = report.chart { ChartDrawing(chart, title: "Failures over time").write(to: &page) }
    page.raw("</header>\n")
  }

  private func causes(_ page: inout HTMLWriter) {
    guard !report.causes.isEmpty else { return }
    page.raw(
      "<section>\n<h2>All causes</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All causes\">")
    page.raw("<table>\n<thead><tr>")
    for title in ["Count", "Cause", "Who", "Sure", "Status", "First", "Last", "Where"] {
      page.element("th", "scope=\"col\"", title)
    }
    page.raw("</tr></thead>\n<tbody>\n")
    for cause in report.causes {
      page.raw("<tr>")
      page.element("td", "class=\"number\"", Numbers.plain(cause.count))
      page.element("th", "scope=\"row\"", cause.cause)
      let cells = [
        cause.who, cause.sure.rawValue, PageText.counts(cause.statuses), PageText.moment(cause.first ?? "-"),
        PageText.moment(cause.last ?? "-"), PageText.counts(cause.upstreams),
      ]
      for cell in cells { page.element("td", "", cell) }
      page.raw("</tr>\n")
    }
    page.raw("</tbody>\n</table></div>\n</section>\n")
  }

  private func input(_ page: inout HTMLWriter) {
    page.raw("<section>\n<h2>What was read</h2>\n<ul>\n")
    for log in report.logs {
      page.raw("<li>")
      page.element("strong", "", log.files.joined(separator: ", "))
      let formats = log.formats.isEmpty ? "no known form" : log.formats.joined(separator: ", ")
      let lines = Numbers.plain(log.lines - log.blank)
      page.text(": \(formats); \(Numbers.plain(log.recognised)) of \(lines) lines understood")
      page.raw("</li>\n")
    }
    for remark in report.remarks { page.element("li", "", remark) }
    page.raw("</ul>\n")
    if !report.unrecognised.isEmpty {
      page.raw("<details><summary>Lines that were not understood, as examples</summary>\n")
      for sample in report.unrecognised { PageText.sample(sample, to: &page) }
      page.raw("</details>\n")
    }
    page.raw("</section>\n")
  }
}
