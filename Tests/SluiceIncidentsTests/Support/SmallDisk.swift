import Glibc

/// A file system of a few megabytes in memory; gone with the value.
final class SmallDisk: Sendable {
  struct Refused: Error {
    var errno: Int32
  }

  let path: String
  private var ballast: String { path + "/ballast" }

  init(megabytes: Int, in folder: StoreFolder) throws {
    path = folder.path + "/disk"
    mkdir(path, 0o700)
    guard mount("none", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else { throw Refused(errno: errno) }
  }

  deinit {
    umount2(path, Int32(MNT_DETACH))
    rmdir(path)
  }

  /// Takes what is free.
  func fill() {
    let descriptor = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let block = [UInt8](repeating: 0, count: 4096)
    while write(descriptor, block, block.count) > 0 {}
    close(descriptor)
  }

  func makeRoom() { unlink(ballast) }

  /// As a disk that was mounted for reading.
  func makeReadOnly() -> Bool { mount("none", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 }
}
