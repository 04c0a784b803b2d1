internal import SluiceGuide

/// The guide at `/guide/`: the pages that `sluice guide --export` writes, with what this gateway has seen of each.
///
/// The links of a page are relative, so the same page is right on a disk and here. A path without `.html` leads to the
/// same page, as people shorten addresses.
enum GuideRoutes {
  static let path = "/guide"

  /// Stricter than what the page says of itself: there are no files here, and no other page may frame one.
  static let policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; "
    + "frame-ancestors 'none'"

  /// The dashboard.
  private static let home = GuideHTML.Home(title: "This gateway", path: "/")

  static func routes(_ source: AdminSource, _ pulse: AdminPulse) -> [AdminRoute] {
    let numbers = GuideNumbers(source: source, pulse: pulse)
    return [
      AdminRoute("GET", path) { _ in moved(to: path + "/") },
      AdminRoute("GET", path + "/{+page}") { request in
        await answer(request.values["page"] ?? "", numbers)
      },
    ]
  }

  static func answer(_ path: String, _ numbers: GuideNumbers) async -> AdminAnswer {
    // A folder's links count from within it.
    if GuideKind(rawValue: path) != nil { return moved(to: "\(Self.path)/\(path)/") }
    guard let place = GuidePlace(path) else {
      return .problem(
        404, "Not found", "The guide has no such page; it begins at \(Self.path)/.")
    }
    switch place {
    case .asset(let file): return text(file.text, type: type(of: file.path))
    case .page(let id, let form):
      var page = Guide.page(id)
      if let section = await numbers.section(for: id) { page = page.adding(section) }
      switch form {
      case .html: return text(GuideHTML(page, home: home).html, type: "text/html; charset=utf-8")
      case .json: return .json(200, page)
      }
    }
  }

  private static func type(of path: String) -> String {
    if path.hasSuffix(".css") { return "text/css; charset=utf-8" }
    return path.hasSuffix(".js") ? "text/javascript; charset=utf-8" : "application/json"
  }

  private static func text(_ text: String, type: String) -> AdminAnswer {
    var answer = AdminAnswer(status: 200, contentType: type, body: Array(text.utf8))
    answer.fields = [
      .init(name: "Content-Security-Policy", value: policy), .init(name: "Referrer-Policy", value: "no-referrer"),
    ]
    return answer
  }

  private static func moved(to path: String) -> AdminAnswer {
    var answer = AdminAnswer.text(308, "The guide is at \(path).")
    answer.fields = [.init(name: "Location", value: path)]
    return answer
  }
}
