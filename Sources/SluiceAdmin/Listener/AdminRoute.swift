/// One method of one path. Whoever adds a route adds a value of this to `AdminTable`.
public struct AdminRoute: Sendable {
  public var method: String
  public var path: AdminPath
  /// Whether it is answered without the token: what balancers ask.
  public var isOpen: Bool
  /// What its query may have; any other is refused. nil: the query is not looked at.
  public var parameters: [AdminParameter]?
  /// What `/openapi.json` says of it; nil: it is no part of the API.
  public var operation: AdminOperation?
  public var answer: @Sendable (AdminRequest) async -> AdminAnswer

  /// - Parameter path: as `AdminPath` takes it.
  public init(
    _ method: String, _ path: String, isOpen: Bool = false, parameters: [AdminParameter]? = nil,
    operation: AdminOperation? = nil, answer: @escaping @Sendable (AdminRequest) async -> AdminAnswer
  ) {
    self.method = method
    self.path = AdminPath(path)
    self.isOpen = isOpen
    self.parameters = parameters
    self.operation = operation
    self.answer = answer
  }
}
