/// One method of one path. Whoever adds a route adds a value of this to `AdminTable`.
public struct AdminRoute: Sendable {
  public var method: String
  public var path: String
  /// Whether it is answered without the token: what balancers ask.
  public var isOpen: Bool
  public var answer: @Sendable (AdminRequest) async -> AdminAnswer

  public init(
    _ method: String, _ path: String, isOpen: Bool = false,
    answer: @escaping @Sendable (AdminRequest) async -> AdminAnswer
  ) {
    self.method = method
    self.path = path
    self.isOpen = isOpen
    self.answer = answer
  }
}
