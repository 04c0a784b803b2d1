internal import Glibc

/// What the store's thread waits for: a pipe.
///
/// Without a descriptor left it still works: a wait then always takes its whole time.
final class StoreSignal: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends where end >= 0 {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    guard readEnd >= 0 else { return }
    close(readEnd)
    close(writeEnd)
  }

  /// Never waits: a pipe that is full has a signal in it already.
  func raise() {
    guard writeEnd >= 0 else { return }
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// Waits for a signal and takes it.
  ///
  /// - Parameter limit: milliseconds.
  /// - Returns: whether there was one.
  @discardableResult
  func wait(_ limit: Int) -> Bool {
    var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, Int32(clamping: limit)) > 0 else { return false }
    var bytes: UInt64 = 0
    while read(readEnd, &bytes, MemoryLayout<UInt64>.size) > 0 {}
    return true
  }
}

/// Waits some milliseconds.
func pause(milliseconds: Int) {
  _ = poll(nil, 0, Int32(clamping: milliseconds))
}
