/// One JSON line for each exchange.
public struct AccessLogConfiguration: Sendable, Hashable {
  public enum Destination: Sendable, Hashable {
    case standardOutput
    case file(path: String)
  }

  public enum Query: String, Sendable, Hashable, CaseIterable {
    /// Parameter names without their values.
    case names
    case full
  }

  public var destination: Destination
  public var query: Query
}
