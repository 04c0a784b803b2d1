/// One page of the guide as a value: terminal, HTML and JSON show the same.
public struct GuidePage: Equatable, Sendable, Encodable {
  public let id: PageID
  public let title: String
  /// One or two sentences that answer the question which led here.
  public let lead: String
  public let facts: [GuideFact]
  public let sections: [GuideSection]
  /// The answer for one screen of a terminal; nil for pages that only lead to others.
  public let brief: GuideBrief?
  /// Pages beside this one, the nearest first.
  public let related: [PageID]

  init(
    id: PageID, title: String, lead: String, facts: [GuideFact] = [], sections: [GuideSection?],
    brief: GuideBrief? = nil, related: [PageID] = []
  ) {
    self.id = id
    self.title = title
    self.lead = lead
    self.facts = facts
    self.sections = sections.compactMap { $0 }
    self.brief = brief
    self.related = related.filter { $0 != id }
  }

  /// The page with a section before its others: what one gateway has seen, for instance.
  public func adding(_ section: GuideSection) -> GuidePage {
    GuidePage(
      id: id, title: title, lead: lead, facts: facts, sections: [section] + sections, brief: brief, related: related)
  }
}
