internal import SluiceCore

/// The page of a status code.
struct StatusPageMaker {
  let entry: StatusEntry
  let story: StatusStory?

  init(_ code: Int) {
    entry = StatusTable[code] ?? StatusTable.unknown(code)
    story = StatusStory.all[code]
  }

  private var digits: String { StatusTable.text(entry.code) }

  var page: GuidePage {
    GuidePage(
      id: .status(entry.code), title: entry.title, lead: Comparison.firstSentence(entry.meaning), facts: facts,
      sections: [
        GuideSection("meaning", "What it means", [.paragraph(entry.meaning), .paragraph(classNote)]),
        GuideSection("origin", "Who generates it", list: story?.origin ?? []),
        causes,
        story.map { GuideSection("diagnosis", "How to find out", [.steps($0.steps)]) },
        GuideSection("remedies", "What to do", list: story?.remedies ?? [entry.action]),
        GuideSection("telling", "What to tell a client or user", list: story?.telling ?? []),
        GuideSection("retrying", "How clients should try again", list: story?.retrying ?? []),
        story.map { GuideSection("questions", "Frequent questions", [.questions($0.questions)]) },
        products, matrix,
      ], brief: brief, related: related)
  }

  private var facts: [GuideFact] {
    var facts = [
      GuideFact("Code", digits), GuideFact("Phrase", entry.phrase), GuideFact("Category", entry.statusClass.title),
      GuideFact(entry.registration == .unregistered ? "Whose" : "Specification", entry.specification),
      GuideFact("IANA", entry.registration.sentence), GuideFact("Cacheable by default", entry.caching.sentence),
      GuideFact("What a client should do", entry.action), GuideFact("Try again", entry.retrySentence),
    ]
    if entry.registration == .unregistered {
      facts.append(GuideFact("To other programs", entry.statusClass.unknownCode))
    }
    return facts
  }

  private var classNote: String {
    switch entry.registration {
    case .unregistered:
      "It is no code of HTTP, but a product's own. \(entry.statusClass.unknownCode) No gateway should send it to others."
    case .registered, .temporary, .unused, .obsoleted: "Category: \(entry.statusClass.title). \(entry.specification)."
    }
  }

  private var causes: GuideSection? {
    let told = story?.causes ?? []
    let known = told.map(\.cause)
    let others = entry.allCauses.filter { !known.contains($0) }
    let items =
      told.map { "`\($0.cause.identifier)`: \($0.words)" } + others.map { "`\($0.identifier)`: \($0.summary)" }
    let reasons = story?.otherReasons ?? []
    guard !items.isEmpty || !reasons.isEmpty else { return nil }
    var blocks: [GuideBlock] = []
    if !items.isEmpty { blocks.append(.list(items)) }
    if !reasons.isEmpty {
      if !items.isEmpty { blocks.append(.paragraph("Reasons beside those of a gateway:")) }
      blocks.append(.list(reasons))
    }
    return GuideSection("causes", "Common causes", blocks)
  }

  private var products: GuideSection? {
    SignTables.ofStatus(entry.code).map { table in
      GuideSection(
        "products", "How other proxies show it",
        [
          .paragraph("Which product answers \(digits) for what, and what its log says. `…` stands for what varies."),
          .table(table),
        ])
    }
  }

  private var matrix: GuideSection? {
    guard [500, 502, 503, 504].contains(entry.code),
      let table = SignTables.matrix(where: { $0.answers.contains { $0.contains(digits) } })
    else { return nil }
    return GuideSection(
      "answers", "Who answers it for which failure",
      [
        .paragraph("The same failure gets different codes. All failures for which somebody answers \(digits):"),
        .table(table),
      ])
  }

  private var brief: GuideBrief {
    let told = story?.causes.map { "`\($0.cause.identifier)`: \($0.words)" } ?? []
    let own = entry.allCauses.map { "`\($0.identifier)`: \($0.summary)" }
    return GuideBrief(
      what: entry.meaning, who: story?.who ?? who,
      why: story == nil ? own : told + (story?.otherReasons ?? []), steps: story?.steps ?? [],
      remedies: (story?.remedies ?? []) + ["As a client: \(entry.action)", "Try again? \(entry.retrySentence)"])
  }

  private var who: String {
    switch entry.registration {
    case .unregistered: "Whose code it is: \(entry.specification)."
    case .registered, .temporary, .unused, .obsoleted: "\(entry.statusClass.who) Defined in \(entry.specification)."
    }
  }

  private var related: [PageID] {
    let comparisons = Comparison.all.filter { $0.codes.contains(entry.code) }.map { PageID.comparison($0.codes) }
    let types = ProxyErrorType.allCases.filter { $0.recommendedStatus.map { Int($0) } == entry.code }
    return comparisons + types.map { .type($0) }
  }
}
