public import SluiceCore
public import SluiceDiagnosis

/// Which page: its kind and what it is about.
public enum PageID: Hashable, Sendable {
  /// The entrance, with the search.
  case index
  /// All pages of a kind.
  case list(GuideKind)
  case status(Int)
  case cause(Cause)
  case rootCause(RootCause)
  case type(ProxyErrorType)
  case product(Product)
  /// Two to four codes in ascending order.
  case comparison([Int])

  /// The name without its kind, as it is written on the command line.
  public var name: String {
    switch self {
    case .index: "index"
    case .list(let kind): kind.rawValue
    case .status(let code): StatusTable.text(code)
    case .cause(let cause): cause.identifier
    case .rootCause(let root): root.identifier
    case .type(let type): type.identifier
    case .product(let product): product.rawValue
    case .comparison(let codes): codes.map(StatusTable.text).joined(separator: "-")
    }
  }

  /// What a link to it says.
  public var shown: String {
    switch self {
    case .index, .status, .cause, .rootCause, .type: name
    case .list(let kind): kind.title
    case .product(let product): product.title
    case .comparison(let codes): codes.map(StatusTable.text).joined(separator: " and ")
    }
  }

  /// The path below the guide's root, without an ending.
  public var path: String {
    switch self {
    case .index: "index"
    case .list(let kind): "\(kind.rawValue)/index"
    case .status: "\(GuideKind.status.rawValue)/\(name)"
    case .cause: "\(GuideKind.cause.rawValue)/\(name)"
    case .rootCause: "\(GuideKind.rootCause.rawValue)/\(name)"
    case .type: "\(GuideKind.type.rawValue)/\(name)"
    case .product: "\(GuideKind.product.rawValue)/\(name)"
    case .comparison: "\(GuideKind.comparison.rawValue)/\(name)"
    }
  }

  /// The page of a path, as `path` has it; nil: there is none.
  public init?(path: String) {
    guard let page = Self.byPath[path] else { return nil }
    self = page
  }

  private static let byPath = Dictionary(uniqueKeysWithValues: Guide.pageIDs.map { ($0.path, $0) })

  public var kind: GuideKind? {
    switch self {
    case .index: nil
    case .list(let kind): kind
    case .status: .status
    case .cause: .cause
    case .rootCause: .rootCause
    case .type: .type
    case .product: .product
    case .comparison: .comparison
    }
  }
}

extension PageID: Encodable {
  /// The path, which is unique.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(path)
  }
}
