internal import Glibc
internal import SluiceCore

/// A pipe that carries signals between threads, since a thread that waits in poll cannot wait for a lock as well.
final class Pipe: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  /// nil: no descriptor is left; errno says which kind.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Never waits: a pipe that is full has a signal in it already.
  func signal() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  func drain() {
    var bytes: UInt64 = 0
    while read(readEnd, &bytes, MemoryLayout<UInt64>.size) > 0 {}
  }

  /// Waits for a signal and leaves it in place.
  func wait(until deadline: Instant) -> Bool {
    while true {
      let left = max(deadline - Clock.now(), .zero)
      var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
      let result = poll(&entry, 1, milliseconds(left))
      if result > 0 { return true }
      if result == 0, left == .zero { return false }
    }
  }
}

/// For poll: rounded up, so that a wait does not end early and spin.
func milliseconds(_ time: TimeSpan) -> Int32 {
  Int32(clamping: time.nanoseconds / 1_000_000 + (time.nanoseconds % 1_000_000 > 0 ? 1 : 0))
}
