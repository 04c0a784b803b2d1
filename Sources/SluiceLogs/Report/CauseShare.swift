/// One cause within a problem.
public struct CauseShare: Equatable, Sendable, Codable {
  public enum Role: String, Codable, Sendable {
    case root
    /// It follows from the root: `no live upstreams` after the timeouts.
    case consequence
    case beside
  }

  public var cause: String
  public var count: Int
  public var role: Role
}
