import SluiceGuide

/// How a page is asked for on the command line.
enum GuideNames {
  /// The shortest name that leads to it and nowhere else.
  static func asked(_ id: PageID) -> String {
    guard let kind = id.kind else { return "" }
    switch id {
    case .comparison(let codes): return codes.map(String.init).joined(separator: " ")
    case .list: return "list:\(id.name)"
    case .index, .status, .cause, .rootCause, .type, .product:
      return GuideLookup.find(id.name) == .page(id) ? id.name : "\(kind.rawValue):\(id.name)"
    }
  }
}
