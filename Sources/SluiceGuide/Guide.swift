internal import SluiceCore
internal import SluiceDiagnosis

/// The reference: every page that there is, and each of them as a value.
public enum Guide {
  /// Every page, the entrance first. Comparisons of other codes than these can be made, too.
  public static let pageIDs: [PageID] =
    [.index] + GuideKind.allCases.map { .list($0) } + GuideKind.allCases.flatMap(pageIDs)

  /// The pages of a kind, in the order of their list.
  public static func pageIDs(_ kind: GuideKind) -> [PageID] {
    switch kind {
    case .status: StatusTable.entries.map { .status($0.code) }
    case .comparison: Comparison.all.map { .comparison($0.codes) }
    case .cause: Cause.allCases.map { .cause($0) }
    case .rootCause: RootCause.allCases.map { .rootCause($0) }
    case .type: ProxyErrorType.allCases.map { .type($0) }
    case .product: Product.allCases.map { .product($0) }
    }
  }

  public static func page(_ id: PageID) -> GuidePage {
    switch id {
    case .index: ListPages.index
    case .list(let kind): ListPages.list(kind)
    case .status(let code): StatusPageMaker(code).page
    case .cause(let cause): CausePageMaker(cause).page
    case .rootCause(let root): RootCausePageMaker(root).page
    case .type(let type): TypePageMaker(type).page
    case .product(let product): ProductPageMaker(product).page
    case .comparison(let codes): ComparisonPageMaker(codes).page
    }
  }

  /// What is shown of a page in a list: its title and one sentence.
  public static func summary(_ id: PageID) -> (title: String, sentence: String) {
    switch id {
    case .index: ("Guide", ListPages.introduction)
    case .list(let kind): (kind.title, kind.sentence)
    case .status(let code):
      {
        let entry = StatusTable[code] ?? StatusTable.unknown(code)
        return (entry.title, Comparison.firstSentence(entry.meaning))
      }()
    case .cause(let cause): (cause.identifier, cause.summary)
    case .rootCause(let root): (root.identifier, root.sentence)
    case .type(let type): (type.identifier, Comparison.firstSentence(type.guideText.meaning))
    case .product(let product): (product.title, "Its answers, and what its logs say.")
    case .comparison(let codes):
      (codes.map(StatusTable.text).joined(separator: " and "), Comparison.firstSentence(Comparison.of(codes).answer))
    }
  }
}
