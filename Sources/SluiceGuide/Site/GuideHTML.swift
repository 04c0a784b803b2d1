internal import SluiceDiagnosis

/// A page of the guide as HTML: readable without a script, links relative, nothing from elsewhere.
public struct GuideHTML {
  /// A page beside the guide that its pages lead back to.
  public struct Home: Equatable, Sendable {
    let title: String
    let path: String

    public init(title: String, path: String) {
      self.title = title
      self.path = path
    }
  }

  let page: GuidePage
  let home: Home?

  public init(_ page: GuidePage, home: Home? = nil) {
    self.page = page
    self.home = home
  }

  /// From the page's folder to the root.
  private var root: String { page.id.path.contains("/") ? "../" : "" }

  private var hasSearch: Bool { page.id == .index }

  public var html: String {
    var out = HTMLWriter()
    out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    out.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n")
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    out.element("title", "", title)
    out.raw("\n<link rel=\"stylesheet\" href=\"\(root)guide.css\">\n")
    if hasSearch {
      out.raw("<script src=\"search-index.js\" defer></script>\n<script src=\"search.js\" defer></script>\n")
    }
    out.raw("</head>\n<body>\n<a class=\"skip\" href=\"#content\">To the content</a>\n")
    navigation(&out)
    out.raw("<main id=\"content\">\n")
    out.element("h1", "", page.title)
    out.raw("\n<p class=\"lead\">")
    inline(page.lead, &out)
    out.raw("</p>\n")
    if hasSearch { out.raw(Self.search) }
    facts(&out)
    for section in page.sections { write(section, &out) }
    related(&out)
    out.raw("</main>\n<footer><p>The Sluice guide. This page as data: ")
    out.raw("<a href=\"\(root)\(page.id.path).json\">JSON</a>.</p></footer>\n</body>\n</html>\n")
    return out.text
  }

  /// A cause and an error type may have the same name.
  private var title: String {
    switch page.id {
    case .index: "Sluice guide"
    case .cause: "\(page.title): cause - Sluice guide"
    case .rootCause: "\(page.title): root cause - Sluice guide"
    case .type: "\(page.title): error type - Sluice guide"
    case .list, .status, .product, .comparison: "\(page.title) - Sluice guide"
    }
  }

  /// Browsers do not agree whether a file is of the same origin as the file beside it, so that files are named.
  private var policy: String {
    "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"
      + (hasSearch ? "; script-src 'self' file:" : "")
  }

  /// Hidden until the script has shown that it runs.
  private static let search = """
    <div id="search" role="search" hidden>
    <label for="words">Search: a code, a cause, or words of an error message</label>
    <input id="words" type="search" autocomplete="off" spellcheck="false">
    <p id="count" role="status"></p>
    <ul id="results"></ul>
    </div>

    """

  private func navigation(_ out: inout HTMLWriter) {
    out.raw("<header><nav aria-label=\"Guide\"><ul>\n")
    if let home {
      out.raw("<li><a href=\"")
      out.text(home.path)
      out.raw("\">")
      out.text(home.title)
      out.raw("</a></li>\n")
    }
    let pages: [PageID] = [.index] + GuideKind.allCases.map { .list($0) }
    for id in pages {
      let current = id == page.id ? " aria-current=\"page\"" : ""
      out.raw("<li><a href=\"\(root)\(id.path).html\"\(current)>")
      out.text(Guide.summary(id).title)
      out.raw("</a></li>\n")
    }
    out.raw("</ul></nav></header>\n")
  }

  // MARK: Parts

  private func facts(_ out: inout HTMLWriter) {
    guard !page.facts.isEmpty else { return }
    out.raw("<dl class=\"facts\">\n")
    for fact in page.facts {
      out.raw("<div>")
      out.element("dt", "", fact.name)
      out.raw("<dd>")
      inline(fact.value, &out)
      out.raw("</dd></div>\n")
    }
    out.raw("</dl>\n")
  }

  private func write(_ section: GuideSection, _ out: inout HTMLWriter) {
    out.raw("<section>\n")
    out.element("h2", "id=\"\(section.id)\"", section.title)
    out.raw("\n")
    for block in section.blocks { write(block, title: section.title, &out) }
    out.raw("</section>\n")
  }

  private func write(_ block: GuideBlock, title: String, _ out: inout HTMLWriter) {
    switch block {
    case .paragraph(let text):
      out.raw("<p>")
      inline(text, &out)
      out.raw("</p>\n")
    case .list(let items):
      out.raw("<ul>\n")
      for item in items {
        out.raw("<li>")
        inline(item, &out)
        out.raw("</li>\n")
      }
      out.raw("</ul>\n")
    case .steps(let steps): write(steps, &out)
    case .table(let table): write(table, title: title, &out)
    case .questions(let questions):
      for question in questions {
        out.raw("<h3>")
        inline(question.question, &out)
        out.raw("</h3>\n<p>")
        inline(question.answer, &out)
        out.raw("</p>\n")
      }
    }
  }

  private func write(_ steps: [GuideStep], _ out: inout HTMLWriter) {
    out.raw("<ol>\n")
    for step in steps {
      out.raw("<li>")
      inline(step.text, &out)
      if let command = step.command {
        out.raw("<pre tabindex=\"0\"><code>")
        out.text(command)
        out.raw("</code></pre>")
      }
      out.raw("</li>\n")
    }
    out.raw("</ol>\n")
  }

  private func write(_ table: GuideTable, title: String, _ out: inout HTMLWriter) {
    out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
    out.text(title)
    out.raw("\"><table>\n<thead><tr>")
    for column in table.columns {
      // A corner above the names of the rows is no heading.
      out.raw(column.isEmpty ? "<td>" : "<th scope=\"col\">")
      inline(column, &out)
      out.raw(column.isEmpty ? "</td>" : "</th>")
    }
    out.raw("</tr></thead>\n<tbody>\n")
    for row in table.rows {
      out.raw("<tr>")
      for (index, cell) in row.enumerated() {
        out.raw(index == 0 ? "<th scope=\"row\">" : "<td>")
        inline(cell, &out)
        out.raw(index == 0 ? "</th>" : "</td>")
      }
      out.raw("</tr>\n")
    }
    out.raw("</tbody>\n</table></div>\n")
  }

  private func related(_ out: inout HTMLWriter) {
    guard !page.related.isEmpty else { return }
    out.raw("<nav aria-labelledby=\"see-also\">\n<h2 id=\"see-also\">See also</h2>\n<ul>\n")
    for id in page.related {
      let summary = Guide.summary(id)
      out.raw("<li><a href=\"\(root)\(id.path).html\">")
      out.text(summary.title)
      out.raw("</a>: ")
      inline(summary.sentence, &out)
      out.raw("</li>\n")
    }
    out.raw("</ul>\n</nav>\n")
  }

  private func inline(_ text: String, _ out: inout HTMLWriter) {
    for part in Markup.parts(text) {
      switch part {
      case .plain(let text): out.text(text)
      case .code(let text): out.element("code", "", text)
      case .link(let text, let id) where id == page.id: out.element("code", "", text)
      case .link(let text, let id):
        out.raw("<a href=\"\(root)\(id.path).html\">")
        out.text(text)
        out.raw("</a>")
      }
    }
  }
}
