internal import SluiceDiagnosis

/// What all pages of the dashboard have in common: head, navigation and foot.
struct DashboardFrame {
  enum Place: String, CaseIterable {
    case now = "Now"
    case incidents = "Incidents"

    var path: String { self == .now ? "/" : "/incidents" }
  }

  var title: String
  var place: Place?
  /// Whether its parts are kept live.
  var isLive = false
  /// The installation's name.
  var name: String
  var guide: GuideLink

  func answer(status: Int = 200, _ body: (inout HTMLWriter) -> Void) -> AdminAnswer {
    AdminAnswer(status: status, contentType: Self.contentType, body: Array(html(body).utf8))
  }

  /// Parts without a frame, for the script.
  static func fragment(_ body: (inout HTMLWriter) -> Void) -> AdminAnswer {
    AdminAnswer(status: 200, contentType: contentType, body: Array(HTMLWriter.markup(body).utf8))
  }

  private static let contentType = "text/html; charset=utf-8"

  private func html(_ body: (inout HTMLWriter) -> Void) -> String {
    var page = HTMLWriter()
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
    page.element("title", "", "\(title) · \(name)")
    page.raw("\n<link rel=\"stylesheet\" href=\"/dashboard.css\">\n")
    page.raw("<link rel=\"icon\" type=\"image/svg+xml\" href=\"/dashboard.svg\">\n")
    page.raw("<script src=\"/dashboard.js\" defer></script>\n</head>\n")
    page.raw("<body\(isLive ? " data-live" : "")>\n<a class=\"skip\" href=\"#content\">To the content</a>\n")
    head(&page)
    page.raw("<main id=\"content\" tabindex=\"-1\">\n")
    body(&page)
    page.raw("</main>\n<footer><p>All times are UTC. The same as data: ")
    page.link("/api/v1/status", "status")
    for name in ["upstreams", "problems", "incidents", "traffic", "deploys"] {
      page.raw(", ")
      page.link("/api/v1/\(name)", name)
    }
    page.raw(".</p></footer>\n<p id=\"said\" class=\"unseen\" role=\"status\"></p>\n</body>\n</html>\n")
    return page.text
  }

  private func head(_ page: inout HTMLWriter) {
    page.within("header", "class=\"top\"") { page in
      page.within("p", "class=\"brand\"") { page in
        page.raw("<span class=\"mark\" aria-hidden=\"true\"></span><strong>Sluice</strong> ")
        page.element("span", "class=\"name\"", name)
      }
      page.within("nav", "aria-label=\"Pages\"") { page in
        page.within("ul") { page in
          for place in Place.allCases {
            let current = place == self.place ? "aria-current=\"page\"" : ""
            page.within("li") { $0.link(place.path, place.rawValue, current) }
          }
          page.within("li") { $0.link(guide.entrance, "Guide") }
        }
      }
      if isLive { page.raw("<p id=\"live\" class=\"live\"><noscript>Reload for newer values.</noscript></p>\n") }
    }
  }
}
