internal import SluiceDiagnosis
internal import SluiceIncidents

/// What a page says where there is nothing to show, and what is known instead.
struct NothingPage {
  var title: String
  var sentence: String
  /// Paths and their words.
  var links: [(String, String)]

  init(title: String, sentence: String, links: [(String, String)]) {
    (self.title, self.sentence, self.links) = (title, sentence, links)
  }

  init(lookup: IncidentLookup) {
    links = []
    switch lookup {
    case .found, .unknown: (title, sentence) = ("There is no such incident", "No incident has this ID.")
    case .ambiguous(let ids):
      (title, sentence) = ("Which one?", "Several incidents begin so.")
      links = ids.map { ("/incidents/\(PercentCode.encoded($0))", $0) }
    case .notKept(_, let problems):
      (title, sentence) = (
        "This incident is not kept", "The ID is one of this gateway's, but only a count was kept, or nothing any more."
      )
      links = problems.map { ("/problems/\($0.number)", "A problem of that second: \($0.key.cause)") }
    }
  }

  func answer(status: Int, name: String, guide: GuideLink) -> AdminAnswer {
    DashboardFrame(title: title, name: name, guide: guide).answer(status: status) { page in
      page.element("h1", "", title)
      page.element("p", "", sentence)
      page.within("ul") { page in
        for (path, words) in links + [("/incidents", "All incidents"), ("/", "What is wrong now")] {
          page.within("li") { $0.link(path, words) }
        }
      }
    }
  }
}
