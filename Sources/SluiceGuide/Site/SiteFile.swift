/// One file of a written guide.
public struct SiteFile: Equatable, Sendable {
  /// Below the folder that it is written to.
  public let path: String
  public let text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
