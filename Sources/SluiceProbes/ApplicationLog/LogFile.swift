internal import Glibc

/// A regular file, read in blocks at chosen places, with a count of what was read.
///
/// Anything else than a regular file is refused before a byte of it is read: opening a FIFO waits for a writer, and
/// reading a device may do anything.
struct LogFile: ~Copyable {
  /// Why a file cannot be looked at, as a sentence.
  struct Refusal: Error, Equatable {
    var sentence: String
  }

  let path: String
  let bytes: UInt64
  /// When it was last written to, as Unix time in milliseconds.
  let writtenAt: Int64
  private(set) var bytesRead: UInt64 = 0
  /// Of one look over all files.
  let bytesMax: UInt64
  private let descriptor: Int32

  init(path: String, bytesMax: UInt64) throws(Refusal) {
    let opened = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard opened >= 0 else { throw LogFileRefusal.notOpened(path, errno: errno) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw LogFileRefusal.notRegular(path, mode: status.st_mode)
    }
    self.path = path
    self.bytesMax = bytesMax
    descriptor = opened
    bytes = UInt64(max(status.st_size, 0))
    writtenAt = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
  }

  deinit { close(descriptor) }

  /// Up to `count` bytes from `offset` on; fewer at the end of the file, or where it was truncated meanwhile, or where
  /// the bound on what is read is met.
  mutating func read(from offset: UInt64, count: Int) -> [UInt8] {
    let left = bytesMax > bytesRead ? bytesMax - bytesRead : 0
    let wanted = min(UInt64(max(count, 0)), offset < bytes ? bytes - offset : 0, left)
    var block = [UInt8](repeating: 0, count: Int(wanted))
    var filled = 0
    while filled < block.count {
      let count = block.withUnsafeMutableBytes { space in
        space.baseAddress.map { pread(descriptor, $0 + filled, space.count - filled, off_t(offset) + off_t(filled)) }
          ?? 0
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      filled += count
    }
    bytesRead += UInt64(filled)
    block.removeLast(block.count - filled)
    return block
  }
}
