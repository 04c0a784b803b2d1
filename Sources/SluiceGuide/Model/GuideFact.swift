/// One line of a quick reference.
public struct GuideFact: Equatable, Sendable, Encodable {
  public let name: String
  public let value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
