/// Connections of a process to one address.
public struct OutgoingConnections: Equatable, Sendable, Codable {
  public var address: String
  public var count: Int
  /// Of these, the ones that are still being set up.
  public var unacknowledged: Int = 0
  /// Threads of the process that wait for one of them, in a call that ends when bytes come or go.
  public var waitingThreads: Int = 0

  public init(address: String, count: Int) {
    self.address = address
    self.count = count
  }
}
