/// What is wrong with a request, as RFC 9457 has it.
public struct ProblemReport: Codable, Equatable, Sendable {
  public var type = "about:blank"
  public var title: String
  public var status: Int
  /// What was wrong, where, and what to do.
  public var detail: String

  public init(title: String, status: Int, detail: String) {
    self.title = title
    self.status = status
    self.detail = detail
  }
}
