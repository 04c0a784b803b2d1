/// What makes incidents one problem: the same cause at the same place.
public struct ProblemKey: Hashable, Sendable, Codable {
  /// An identifier of `Cause`.
  public var cause: String
  /// Names as configured; nil where the exchange did not get that far.
  public var route: String?
  public var upstream: String?
  public var endpoint: String?

  public init(cause: String, route: String?, upstream: String?, endpoint: String?) {
    self.cause = cause
    self.route = route
    self.upstream = upstream
    self.endpoint = endpoint
  }
}
