/// The file of a Unix socket.
public struct SocketFileSeen: Equatable, Sendable, Codable {
  public var path: String
  public var exists: Bool
  public var isSocket: Bool = true
  /// As in `0660`.
  public var mode: String?
  public var owner: String?
  public var group: String?
  /// Whether the user who looks may connect.
  public var mayConnect: Bool?
  /// The folder or file whose rights are in the way, or that is missing.
  public var obstacle: String?

  public init(path: String, exists: Bool) {
    self.path = path
    self.exists = exists
  }
}
