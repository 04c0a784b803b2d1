extension LogField {
  /// As templates and files of formats name it, in camelCase.
  public var name: String { String(describing: self) }

  public init?(name: String) {
    guard let field = Self.byName[name] else { return nil }
    self = field
  }

  private static let byName = Dictionary(allCases.map { ($0.name, $0) }) { first, _ in first }
}
