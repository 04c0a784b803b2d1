internal import Glibc
internal import NIOCore
internal import SluiceCore
internal import Synchronization

/// One packet socket between an older and a newer gateway.
final class TakeoverConnection: Sendable {
  let descriptor: Int32

  enum Received {
    case message(TakeoverMessage, descriptors: [Int32])
    case malformed(TakeoverFault)
    case late
    case closed
  }

  /// Takes the descriptor, which is closed with this.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  static func make() throws(TakeoverError) -> Int32 {
    let made = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard made >= 0 else { throw .system("socket", errno) }
    return made
  }

  /// - Throws: `TakeoverError`, with ECONNREFUSED where the file is left of a process that has ended.
  static func connect(to path: String) throws(TakeoverError) -> TakeoverConnection {
    let connection = TakeoverConnection(try make())
    guard let address = try? SocketAddress(unixDomainSocketPath: path) else { throw .system("connect", ENAMETOOLONG) }
    connection.setPatience(.seconds(1))
    let result = address.withSockAddr { Glibc.connect(connection.descriptor, $0, socklen_t($1)) == 0 ? 0 : errno }
    guard result == 0 else { throw .system("connect", result) }
    guard connection.isOfThisUser else { throw .otherUser }
    return connection
  }

  /// SO_PEERCRED: who opened the other end. The folder lets nobody else in; this holds where it does not.
  var isOfThisUser: Bool {
    // `struct ucred`: process, user, group.
    var credentials: (Int32, UInt32, UInt32) = (0, .max, .max)
    var size = socklen_t(MemoryLayout.size(ofValue: credentials))
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 && credentials.1 == geteuid()
  }

  /// How long a packet is waited for.
  func setPatience(_ span: TimeSpan) {
    let microseconds = max(1, span.nanoseconds / 1000)
    var time = timeval(tv_sec: Int(microseconds / 1_000_000), tv_usec: Int(microseconds % 1_000_000))
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// False where nobody takes it.
  func send(_ message: TakeoverMessage, _ descriptors: [Int32] = []) -> Bool {
    DescriptorPassing.send(message.encoded, descriptors, to: descriptor) == 0
  }

  func receive() -> Received {
    let received = DescriptorPassing.receive(
      from: descriptor, bytesMax: TakeoverMessage.bytesMax, descriptorsMax: TakeoverMessage.descriptorsMax)
    switch received {
    case .packet(let bytes, let descriptors):
      do {
        return .message(try TakeoverMessage(bytes), descriptors: descriptors)
      } catch {
        for descriptor in descriptors { close(descriptor) }
        return .malformed(error)
      }
    case .truncated: return .malformed(.tooLong)
    case .end: return .closed
    case .failed(let number): return number == EAGAIN ? .late : .closed
    }
  }
}

/// How long the steps of a takeover may take.
///
/// The newer process waits for each answer as long as for the whole (`takeover`), which is longer than the pause: when
/// its patience ends, that of the older one has ended before, and it has said so.
enum TakeoverTime {
  /// From the request until the newer process is ready.
  static let takeover = TimeSpan.seconds(10)
  /// While nobody accepts.
  static let pause = TimeSpan.seconds(1)
  /// For a peer that has only asked who we are, or nothing yet.
  static let question = TimeSpan.seconds(2)
}
