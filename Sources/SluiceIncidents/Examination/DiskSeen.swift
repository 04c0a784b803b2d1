/// A file system.
public struct DiskSeen: Equatable, Sendable, Codable {
  /// Of what lies on it.
  public var path: String
  public var freeBytes: UInt64
  public var totalBytes: UInt64
  /// Inodes; nil: the file system does not count them.
  public var freeFiles: UInt64?

  public init(path: String, freeBytes: UInt64, totalBytes: UInt64) {
    self.path = path
    self.freeBytes = freeBytes
    self.totalBytes = totalBytes
  }
}
