internal import SluiceCore
internal import SluiceDiagnosis

/// The page of a root cause.
struct RootCausePageMaker {
  let root: RootCause
  let text: CauseText

  init(_ root: RootCause) {
    self.root = root
    text = root.guideText
  }

  var page: GuidePage {
    GuidePage(
      id: .rootCause(root), title: root.identifier, lead: root.sentence,
      facts: [
        GuideFact("Who has to act", root.owner.identifier),
        GuideFact(
          "Named by", "a diagnosis (`sluice why`, `sluice doctor`); a gateway observes one of the causes below"),
      ],
      sections: [
        GuideSection("why", "Why it happens", list: text.reasons),
        GuideSection("diagnosis", "How to find out", [.steps(text.steps)]),
        GuideSection("remedies", "What to do now", list: text.remedies),
        GuideSection("prevention", "How to prevent it", list: text.prevention),
        GuideSection(
          "causes", "What a gateway observes", list: observed,
          introduction: "It can show itself as one of these causes, or as none of them:"),
      ],
      brief: GuideBrief(
        what: root.sentence, who: root.owner.identifier, why: text.reasons, steps: text.steps,
        remedies: text.remedies + text.prevention),
      related: neighbours)
  }

  private var observed: [String] {
    let causes = Cause.allCases.filter { $0.rootCauses.contains(root) }.map { "`\($0.identifier)`: \($0.summary)" }
    return causes.isEmpty ? ["`client_aborted`: \(Cause.clientAborted.summary)"] : causes
  }

  private var neighbours: [PageID] {
    RootCause.allCases.filter { $0.owner == root.owner && $0 != root }.prefix(6).map { .rootCause($0) }
  }
}
