internal import Glibc
internal import SluiceCore
internal import SluiceIncidents

/// One connect of a socket that does not wait, and what the kernel says of it.
struct SocketAttempt {
  private(set) var seen: ConnectionSeen
  /// -1: there is none, or none any longer.
  private(set) var descriptor: Int32 = -1
  private let start = ProbeClock.milliseconds()
  private let isUnix: Bool

  var isPending: Bool { descriptor >= 0 }

  init(_ address: String) {
    seen = ConnectionSeen(address: address)
    isUnix = address.hasPrefix("unix:")
    begin()
  }

  private mutating func begin() {
    guard let (storage, length) = Self.socketAddress(seen.address) else { return fail(EINVAL) }
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    descriptor = socket(Int32(storage.ss_family), kind, 0)
    guard descriptor >= 0 else { return fail(errno) }
    if !isUnix { ErrorQueue.enable(on: descriptor, isIPv6: Int32(storage.ss_family) == AF_INET6) }
    var place = storage
    let result = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, length) }
    }
    if result == 0 { return connected() }
    let code = errno
    // A Unix socket never says EINPROGRESS: EAGAIN is a full queue there.
    if code != EINPROGRESS || isUnix { fail(code) }
  }

  /// The socket is writable: connected, or failed.
  mutating func finish() {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return fail(errno) }
    if code == 0 { connected() } else { fail(code) }
  }

  /// Its time is over.
  mutating func giveUp() {
    guard isPending else { return }
    readErrors()
    seen.cause = Cause.connectTimeout.identifier
    end()
  }

  private mutating func connected() {
    seen.localAddress = localAddress()
    end()
  }

  private mutating func fail(_ code: Int32) {
    readErrors()
    seen.errno = systemErrorName(code).map { "\($0)" }
    let call = isUnix ? SystemCall.connectUnix : .connect
    seen.cause = Cause.fromSystemError(errno: code, during: call).identifier
    end()
  }

  private mutating func readErrors() {
    guard descriptor >= 0, !isUnix, let error = ErrorQueue.read(descriptor) else { return }
    seen.icmp = error.text
    seen.icmpFrom = error.from
    seen.localAddress = seen.localAddress ?? localAddress()
  }

  private mutating func end() {
    seen.tookMs = ProbeClock.milliseconds() - start
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func localAddress() -> String? {
    guard !isUnix else { return nil }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isKnown = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
    }
    return isKnown ? SocketText.text(storage) : nil
  }

  private static func socketAddress(_ text: String) -> (sockaddr_storage, socklen_t)? {
    text.hasPrefix("unix:") ? SocketText.unix(String(text.dropFirst(5))) : SocketText.internet(text)
  }
}
