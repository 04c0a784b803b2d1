/// What was changed lately, and whether failures began with it.
public struct DeploysSeen: Equatable, Sendable, Codable {
  /// Of the last hour, the latest first.
  public var changes: [Change] = []
  /// One for each of these that there is enough to say about.
  public var tests: [ChangeTest] = []
  /// What a deploy changed beside what it was meant to.
  public var differences: [Difference] = []

  public init() {}
}
