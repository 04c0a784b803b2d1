/// One thing that happened.
public struct StoryEntry: Equatable, Sendable, Codable {
  public var time: String?
  public var sentence: String
}
