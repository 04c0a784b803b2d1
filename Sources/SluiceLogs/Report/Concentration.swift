/// A place at which failures are more frequent than requests are.
public struct Concentration: Equatable, Sendable, Codable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case upstream
    case endpoint
    case route
    case host
    case path
    case method
    case client
    case time
  }

  public var kind: Kind
  public var value: String
  /// Failures there.
  public var count: Int
  /// Of all failures of the problem, 0 to 1.
  public var share: Double
  /// Of all requests in the same time, 0 to 1; nil where no access log tells it.
  public var requestShare: Double?
}
