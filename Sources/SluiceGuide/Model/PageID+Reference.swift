internal import SluiceCore
internal import SluiceDiagnosis

extension PageID {
  /// What a word between backticks leads to: a code, an identifier, or either after its kind (`type:dns_timeout`).
  ///
  /// Where a cause and an error type have the same name, the cause is meant.
  init?(reference word: String) {
    if let page = Self.references[word] {
      self = page
    } else {
      return nil
    }
  }

  /// All pages that can be named. `kind:name` is always unique.
  private static let references: [String: PageID] = {
    var words: [String: PageID] = [:]
    for page in Guide.pageIDs {
      guard let kind = page.kind, page != .list(kind) else { continue }
      words["\(kind.rawValue):\(page.name)"] = page
      if kind != .product, words[page.name] == nil { words[page.name] = page }
    }
    for kind in GuideKind.allCases { words["list:\(kind.rawValue)"] = .list(kind) }
    return words
  }()
}
