/// A socket that waits for connections.
public struct ListeningSocketSeen: Equatable, Sendable, Codable {
  /// As in `0.0.0.0:3000`, `[::1]:3000`, `unix:/run/app.sock`.
  public var address: String
  /// nil: its owner could not be read.
  public var process: Int32?
  /// Others that hold it, as the workers of a program that forks.
  public var sharedBy: [Int32] = []
  /// Connections that wait to be accepted.
  public var queued: Int = 0
  /// How many may wait.
  public var queueMax: Int?
  public var user: String?

  public init(address: String) {
    self.address = address
  }
}
