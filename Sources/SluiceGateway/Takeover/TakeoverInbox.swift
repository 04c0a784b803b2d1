internal import CCares
internal import Glibc
internal import SluiceCore
internal import Synchronization

/// What the gateway tells the desk's thread, and the descriptor that wakes it.
final class TakeoverInbox: Sendable {
  enum Note: Sendable {
    case identity(TakeoverIdentity, peer: Int)
    case granted([ListeningSocket], peer: Int)
    case denied(TakeoverRefusal, peer: Int)
    case paused(peer: Int)
    case stopped(peer: Int)
    case stop
  }

  let wake: Int32
  private let notes = Mutex<[Note]>([])

  init() throws(TakeoverError) {
    wake = sluice_wake_descriptor()
    guard wake >= 0 else { throw .system("eventfd", errno) }
  }

  deinit { close(wake) }

  /// At most a few for each peer, of which there are few.
  func post(_ note: Note) {
    notes.withLock { $0.append(note) }
    var one: UInt64 = 1
    _ = write(wake, &one, 8)
  }

  func take() -> [Note] {
    var count: UInt64 = 0
    _ = read(wake, &count, 8)
    return notes.withLock { notes in
      defer { notes = [] }
      return notes
    }
  }
}
