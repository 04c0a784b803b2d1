public import SluiceCore

/// Where incidents are kept, and how many. The oldest go first.
public struct IncidentsConfiguration: Sendable, Hashable {
  public enum Store: Sendable, Hashable {
    /// `incidents.sqlite` in the user's state folder.
    case standard
    case file(path: String)
    /// Incidents are told on standard error and not kept.
    case off
  }

  /// Default: the user's state folder.
  public var store: Store = .standard
  /// Incidents that are kept. Default 100,000.
  public var count: Int = 100_000
  /// Bytes of the store's file. Default 256 MiB.
  public var size: Int = 256 << 20
  /// Incidents older than this go. Default 30 days.
  public var age: TimeSpan = .seconds(30 * 24 * 3600)
  /// Whether the gateway looks at an endpoint by itself when a problem with it begins. Default on.
  public var looks = true

  public init() {}
}
