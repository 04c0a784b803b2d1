/// Why there is no incident to show: a problem document (RFC 9457) with what is known instead.
public struct MissingIncident: Codable, Equatable, Sendable {
  public enum Reason: String, Codable, CaseIterable, Sendable {
    /// Several incidents begin so.
    case ambiguous
    /// An ID of ours of which only a count was kept, or nothing any more.
    case notKept = "not_kept"
    case unknown
  }

  public var type = "about:blank"
  public var title = "Not found"
  public var status = 404
  public var detail: String
  public var reason: Reason
  /// The incidents that begin so.
  public var ids: [String]
  /// Numbers of the problems that were seen in the ID's second.
  public var problems: [Int64]

  public init(_ reason: Reason, ids: [String] = [], problems: [Int64] = []) {
    self.reason = reason
    self.ids = ids
    self.problems = problems
    detail =
      switch reason {
      case .ambiguous: "Several incidents begin so; give more of the ID."
      case .notKept: "The ID is one of this gateway's, but its incident is not kept, or not any more."
      case .unknown: "There is no incident with this ID."
      }
  }
}
