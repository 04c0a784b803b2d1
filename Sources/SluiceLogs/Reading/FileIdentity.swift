internal import Glibc

/// What stays the same while a file is renamed.
struct FileIdentity: Equatable, Hashable, Sendable {
  let device: UInt64
  let inode: UInt64

  init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}
