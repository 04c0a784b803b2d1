internal import NIOCore
internal import Synchronization

/// What was sent of a request's body, for a further attempt.
///
/// Copied into storage of its own: a slice would pin the receive buffer that it came in.
struct KeptBody {
  private var bytes: [UInt8] = []

  var count: Int { bytes.count }

  /// - Returns: false where the process has no room for it; then nothing is kept.
  mutating func append(_ added: ByteBuffer, of memory: ReplayMemory) -> Bool {
    guard memory.reserve(added.readableBytes) else { return false }
    bytes.append(contentsOf: added.readableBytesView)
    return true
  }

  /// Gives the memory back.
  mutating func drop(from memory: ReplayMemory) {
    guard !bytes.isEmpty else { return }
    memory.release(bytes.count)
    bytes = []
  }

  var buffer: ByteBuffer { ByteBuffer(bytes: bytes) }
}

/// The memory that all kept bodies of the process may take together.
final class ReplayMemory: Sendable {
  /// 64 MiB (DECISIONS 23).
  static let bytesMax = 64 << 20

  private let used = Atomic<Int>(0)

  /// Bytes in use.
  var bytes: Int { used.load(ordering: .relaxed) }

  func reserve(_ count: Int) -> Bool {
    let (_, after) = used.add(count, ordering: .relaxed)
    guard after <= Self.bytesMax else {
      release(count)
      return false
    }
    return true
  }

  func release(_ count: Int) { used.subtract(count, ordering: .relaxed) }
}
