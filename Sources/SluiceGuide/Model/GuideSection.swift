/// A part of a page under a heading of its own.
public struct GuideSection: Equatable, Sendable, Encodable {
  /// Its name in links: letters and hyphens.
  public let id: String
  public let title: String
  public let blocks: [GuideBlock]

  public init(_ id: String, _ title: String, _ blocks: [GuideBlock]) {
    self.id = id
    self.title = title
    self.blocks = blocks
  }

  /// nil where there is nothing to say.
  init?(_ id: String, _ title: String, list items: [String], introduction: String? = nil) {
    guard !items.isEmpty else { return nil }
    self.init(id, title, (introduction.map { [.paragraph($0)] } ?? []) + [.list(items)])
  }
}
