/// What one error type of RFC 9209 says.
public struct TypeText: Equatable, Sendable {
  public let meaning: String
  /// Parameters that go with it beside the general ones, each with what it holds.
  public let parameters: [GuideFact]
  /// Whether it can stand on a response that was passed on, since it may come about after its head.
  public let mayFollowHead: Bool

  init(_ meaning: String, _ parameters: [GuideFact] = [], mayFollowHead: Bool = false) {
    self.meaning = meaning
    self.parameters = parameters
    self.mayFollowHead = mayFollowHead
  }
}
