/// Lines of one format.
public struct FormatCount: Equatable, Sendable {
  public var format: String
  public var lines: Int
}
