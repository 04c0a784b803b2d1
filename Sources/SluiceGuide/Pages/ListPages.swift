internal import SluiceCore
internal import SluiceDiagnosis

/// The entrance, and the list of each kind.
enum ListPages {
  static let introduction =
    "What each status, cause and error type means: who it comes from, why, how to find out, and what to do."

  static var index: GuidePage {
    let kinds = GuideKind.allCases.map { kind in
      GuideSection(
        kind.rawValue, kind.title,
        [.paragraph(kind.sentence), .list(picks(kind)), .paragraph("All of them: `list:\(kind.rawValue)`")])
    }
    return GuidePage(id: .index, title: "Guide", lead: introduction, sections: kinds)
  }

  /// What most people come for.
  private static func picks(_ kind: GuideKind) -> [String] {
    let pages: [PageID] =
      switch kind {
      case .status: [500, 502, 503, 504, 429, 499, 520].map { .status($0) }
      case .comparison: Guide.pageIDs(.comparison)
      case .cause:
        [
          .connectRefused, .closedBeforeResponse, .staleKeepalive, .responseHeaderTimeout, .allUnhealthy,
          .connectTimeout,
        ]
        .map { .cause($0) }
      case .rootCause: [.outOfMemoryKilled, .crashLoop, .deployRegression, .idleTimeoutMismatch].map { .rootCause($0) }
      case .type: [.connectionRefused, .httpResponseTimeout, .destinationUnavailable].map { .type($0) }
      case .product: Guide.pageIDs(.product).prefix(8).map { $0 }
      }
    return pages.map(item)
  }

  static func list(_ kind: GuideKind) -> GuidePage {
    let pages = Guide.pageIDs(kind)
    let sections: [GuideSection] =
      switch kind {
      case .status: statusSections
      case .comparison, .cause, .rootCause, .type:
        [GuideSection("all", "All \(pages.count)", [.list(pages.map(item))])]
      case .product:
        [
          GuideSection("all", "All \(pages.count)", [.list(pages.map(item))]),
          GuideSection(
            "answers", "Which status for which failure",
            [.paragraph("No two of them agree on all rows, so that the number alone does not tell what failed.")]
              + (SignTables.matrix().map { [.table($0)] } ?? [])),
        ]
      }
    return GuidePage(id: .list(kind), title: kind.title, lead: kind.sentence, sections: sections)
  }

  private static var statusSections: [GuideSection] {
    let classes = StatusClass.allCases.compactMap { kind -> GuideSection? in
      let entries = StatusTable.registered.filter { $0.statusClass == kind }
      return GuideSection("class-\(kind.rawValue)", heading(kind), list: entries.map { item(.status($0.code)) })
    }
    let own = StatusTable.products.sorted { $0.code < $1.code }.map { entry in
      "`\(StatusTable.text(entry.code))` \(entry.phrase) (\(entry.specification)): \(Comparison.firstSentence(entry.meaning))"
    }
    return classes + [GuideSection("unregistered", "Codes of products, which are not registered", [.list(own)])]
  }

  private static func heading(_ kind: StatusClass) -> String {
    kind.title.prefix(1).uppercased() + kind.title.dropFirst()
  }

  /// `connect_refused`: one sentence.
  private static func item(_ id: PageID) -> String {
    let summary = Guide.summary(id)
    switch id {
    case .status(let code):
      let phrase = StatusTable[code]?.phrase ?? ""
      return "`\(StatusTable.text(code))` \(phrase): \(summary.sentence)"
    case .index, .list, .cause, .rootCause, .type, .product, .comparison:
      return "`\(id.kind?.rawValue ?? ""):\(id.name)`: \(summary.sentence)"
    }
  }
}
