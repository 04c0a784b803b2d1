internal import SluiceDiagnosis
internal import SluiceIncidents

/// One incident explained: the verdict, the time line, the evidence, what else may explain it, what to check.
struct IncidentPage {
  let answer: WhyAnswer
  let now: Int64
  let guide: GuideLink

  private var incident: Incident { answer.incident }
  private var record: StoredRecord { answer.incident.record }

  func write(to page: inout HTMLWriter) {
    verdict(&page)
    page.within("section", "aria-labelledby=\"happened\"") { page in
      page.element("h2", "id=\"happened\"", "What happened")
      page.facts(request, "facts list")
    }
    page.within("section", "aria-labelledby=\"attempts\"") { page in
      page.element("h2", "id=\"attempts\"", "Time line, \(DashboardText.latency(record.totalMs)) in all")
      AttemptLines(record: record).write(to: &page)
    }
    page.within("section", "aria-labelledby=\"evidence\"") { page in
      page.element("h2", "id=\"evidence\"", "Evidence")
      EvidenceParts(answer: answer).write(to: &page)
    }
    page.within("section", "aria-labelledby=\"explained\"") { page in
      page.element("h2", "id=\"explained\"", "What explains it")
      DiagnosisParts(answer: answer, guide: guide).candidates(&page)
    }
    examination(&page)
    DoctorPanel(upstream: record.upstream, incident: incident).write(to: &page)
    DiagnosisParts(answer: answer, guide: guide).checks(&page)
  }

  private func verdict(_ page: inout HTMLWriter) {
    let tone: Badge.Tone = incident.kind == .absorbed ? .warning : .bad
    page.within("article", "class=\"problem \(tone.rawValue) verdict\" aria-labelledby=\"title\"") { page in
      page.within("p", "class=\"place\"") { page in
        Badge(kind, tone).write(to: &page)
        page.element("span", "", "incident \(record.id)")
      }
      page.element("h1", "id=\"title\"", answer.verdict.sentence)
      page.within("p", "class=\"next\"") { page in
        page.element("strong", "", "Next:")
        page.text(" \(answer.verdict.next)")
      }
      page.facts([
        Fact("Who", answer.verdict.who), Fact("How sure") { SurenessBadge.badge(answer.verdict.sure).write(to: &$0) },
        Fact("Cause", answer.verdict.cause), Fact("Seen as", incident.toldCause ?? "–"),
      ])
      links(&page)
    }
  }

  private var kind: String {
    switch incident.kind {
    case .failed: record.status == 0 || record.isAborted == true ? "cut" : "failed with \(record.status)"
    case .application: "the application's own \(record.status)"
    case .absorbed: "saved: no client noticed"
    }
  }

  private func links(_ page: inout HTMLWriter) {
    page.within("p", "class=\"links\"") { page in
      if let problem = answer.problem {
        page.link("/problems/\(problem.number)", "Its problem, \(DashboardText.count(problem.count, "incident"))")
      }
      if let path = guide.status(Int(record.status)) { page.link(path, "What \(record.status) means") }
      if let cause = incident.toldCause, let path = guide.cause(cause) { page.link(path, "What \(cause) means") }
      page.link("/api/v1/incidents/\(PercentCode.encoded(record.id))", "As JSON")
    }
  }

  // MARK: What happened

  private var request: [Fact] {
    var facts = [Fact("Request") { $0.element("code", "", requestLine) }]
    if let time = incident.time {
      facts.append(
        Fact("Time") { page in
          page.text("\(DashboardText.day(time)) \(DashboardText.clock(time)) UTC, ")
          page.age(time, at: now)
        })
    }
    if let client = record.client {
      let agent = record.userAgent.map { ", \($0)" } ?? ""
      facts.append(Fact("Client", client + (record.listener.map { ", on \($0)" } ?? "") + agent))
    }
    facts.append(Fact("Answer", answered))
    let way = [record.route.map { "route \($0)" }, record.upstream.map { "upstream \($0)" }].compactMap { $0 }
    facts.append(Fact("Went to", way.isEmpty ? "no route" : way.joined(separator: ", ")))
    if let rule = record.rule { facts.append(Fact("Broken rule", rule)) }
    if let id = record.clientRequestId { facts.append(Fact("The client's ID", id)) }
    return facts
  }

  private var requestLine: String {
    guard record.method != nil || record.path != nil else { return "none that could be read" }
    let target = [
      record.scheme.map { "\($0)://" } ?? "", record.host ?? "", record.path ?? "", record.query.map { "?\($0)" } ?? "",
    ].joined()
    return [record.method ?? "", target, record.httpVersion ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var answered: String {
    let bytes = "\(DashboardText.count(record.bytesIn)) bytes in, \(DashboardText.count(record.bytesOut)) out"
    let said =
      if record.status == 0 {
        "none, the connection was cut"
      } else if record.isAborted == true {
        "\(record.status), and cut in the middle"
      } else if incident.kind == .absorbed {
        "\(record.status), the client noticed nothing"
      } else if record.isGenerated == true {
        "\(record.status), made by the gateway"
      } else {
        "\(record.status), the application's own, passed on"
      }
    return "\(said), after \(DashboardText.latency(record.totalMs)); \(bytes)"
  }

  // MARK: What was looked at

  private func examination(_ page: inout HTMLWriter) {
    guard let examination = answer.examination else { return }
    let steps = Step.allCases.filter { $0 != .gatewayRecord }.compactMap { StepReport.of($0, in: examination) }
    guard !steps.isEmpty else { return }
    page.within("section", "aria-labelledby=\"looked\"") { page in
      page.element("h2", "id=\"looked\"", "What the gateway saw at \(DashboardText.clock(examination.time)) UTC")
      page.within("ol", "class=\"steps\"") { page in
        for step in steps {
          page.within("li") { page in
            page.within("p") { page in
              Badge(step.mark.word, step.mark.tone).write(to: &page)
              page.text(" \(step.step.question)")
            }
            page.within("ul") { page in
              for finding in step.findings { page.element("li", "", finding.text) }
            }
          }
        }
      }
    }
  }
}

extension StepReport.Mark {
  var word: String {
    switch self {
    case .fine: "fine"
    case .warning: "worth a look"
    case .failing: "failing"
    case .notRun: "not looked at"
    }
  }

  var tone: Badge.Tone {
    switch self {
    case .fine: .good
    case .warning: .warning
    case .failing: .bad
    case .notRun: .quiet
    }
  }
}
