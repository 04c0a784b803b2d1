/// The kinds of pages; the value is the folder of a written guide.
public enum GuideKind: String, CaseIterable, Hashable, Sendable {
  case status
  case comparison = "compare"
  case cause
  case rootCause = "root-cause"
  case type
  case product

  public var title: String {
    switch self {
    case .status: "Status codes"
    case .comparison: "Comparisons"
    case .cause: "Causes"
    case .rootCause: "Root causes"
    case .type: "Error types of RFC 9209"
    case .product: "Other proxies"
    }
  }

  public var sentence: String {
    switch self {
    case .status: "What each status code means, what a client should do, and whether to try again."
    case .comparison: "Codes that are taken for each other, side by side."
    case .cause: "What a gateway observes when a request fails: one page for each cause, with what to check."
    case .rootCause: "What a cause goes back to: what a diagnosis concludes when it has more evidence."
    case .type: "The words of the Proxy-Status field, by which a proxy says what went wrong."
    case .product: "Which status each product answers for which failure, and what its logs say."
    }
  }
}
