/// Where a scenario is found.
public enum Reach: Sendable, Hashable {
  /// A request target on the lab's main address; its query holds the defaults that may be changed.
  case path(String)
  /// A TCP port of its own, any path: the failure comes before a request could name it.
  case port(String)
  /// A Unix socket of its own, any path.
  case unix(String)
  /// A fixed address that nobody serves.
  case address(String, port: UInt16)
}
