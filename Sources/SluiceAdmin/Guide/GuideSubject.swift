internal import SluiceCore
internal import SluiceGuide

/// What a page of the guide is about, as far as a gateway counts it.
enum GuideSubject: Equatable {
  case status(Int)
  /// What the causes are together: a cause is alone.
  case causes([Cause], name: String)

  /// nil: the page is about nothing that is counted.
  init?(_ page: PageID) {
    switch page {
    case .status(let code): self = .status(code)
    case .cause(let cause): self = .causes([cause], name: cause.identifier)
    case .type(let type):
      let causes = Cause.allCases.filter { $0.proxyErrorType == type }
      guard !causes.isEmpty else { return nil }
      self = .causes(causes, name: type.identifier)
    case .index, .list, .rootCause, .product, .comparison: return nil
    }
  }

  var isStatus: Bool { if case .status = self { true } else { false } }

  /// The causes whose counts are shown in rows of their own.
  var causes: [Cause] {
    switch self {
    case .status(let code): Cause.allCases.filter { Int($0.status) == code && !$0.passesResponse }
    case .causes(let causes, _): causes
    }
  }
}
