internal import SluiceDiagnosis
internal import SluiceIncidents

/// What a diagnosis considered, and what to look at next.
struct DiagnosisParts {
  let answer: WhyAnswer
  let guide: GuideLink

  func candidates(_ page: inout HTMLWriter) {
    page.within("ol", "class=\"candidates\"") { page in
      for candidate in answer.candidates {
        page.within("li") { page in
          page.within("p") { page in
            if let path = guide.cause(candidate.cause) {
              page.link(path, candidate.cause)
            } else {
              page.element("strong", "", candidate.cause)
            }
            page.text(" · \(candidate.who) · ")
            SurenessBadge.badge(candidate.sure).write(to: &page)
          }
          if let meaning = candidate.meaning { page.element("p", "class=\"quiet\"", meaning) }
          page.within("ul") { page in
            for fact in candidate.evidence { page.element("li", "", fact) }
          }
        }
      }
    }
  }

  func checks(_ page: inout HTMLWriter) {
    guard !answer.checks.isEmpty else { return }
    page.within("section", "aria-labelledby=\"checks\"") { page in
      page.element("h2", "id=\"checks\"", "Check first")
      page.within("ol", "class=\"checks\"") { page in
        for check in answer.checks {
          page.within("li") { page in
            page.text(check.question)
            if let command = check.command { page.command(command) }
          }
        }
      }
    }
  }
}
