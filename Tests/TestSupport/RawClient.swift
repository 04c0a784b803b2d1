internal import Foundation

/// A client that sends exactly the bytes it is given and shows every byte that comes back, and how the connection
/// ended.
///
/// What is to be sent goes out while answers are read, so that neither side waits for the other for ever.
public final class RawClient {
  public enum End: Equatable, Sendable {
    case fin
    case reset
    /// No end was seen: nothing more came in the time given, or no more was asked for.
    case open
  }

  public struct Failure: Error, Equatable {
    public var call: String
    /// An errno.
    public var number: Int32

    public init(call: String, number: Int32) {
      self.call = call
      self.number = number
    }
  }

  private var descriptor: Int32
  private var incoming: [UInt8] = []
  private var start = 0
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var ended: End?
  private var metResetWhileWriting = false
  /// How long nothing may come, in milliseconds.
  public var patience: Int32 = 8000
  /// All bytes that the kernel took so far.
  public private(set) var taken = 0
  /// All bytes received so far.
  public private(set) var received = 0

  /// Connects to an IPv4 address, loopback where no other is given.
  ///
  /// - Parameters:
  ///   - address: in host order, as is `source`.
  ///   - receiveBuffer: bytes of the kernel's buffer; a small one makes the client a slow reader.
  ///   - connectPatience: how long the handshake may take, in milliseconds.
  /// - Throws: `Failure`, with ETIMEDOUT where nobody answered the SYN.
  public init(
    port: Int, address: UInt32 = 0x7F00_0001, receiveBuffer: Int32? = nil, from source: UInt32? = nil,
    connectPatience: Int32 = 2000
  ) throws {
    descriptor = try Self.socket(AF_INET)
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    if let source {
      try Self.withAddress(port: 0, host: source) { try Self.check("bind", bind(descriptor, $0, $1)) }
    }
    let result = Self.withAddress(port: port, host: address) { connect(descriptor, $0, $1) }
    try established(result, connectPatience)
  }

  public init(unixPath: String) throws {
    descriptor = try Self.socket(AF_UNIX)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { place in
      for (index, byte) in unixPath.utf8.enumerated() where index < place.count - 1 { place[index] = byte }
    }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try established(result, 0)
  }

  deinit { close() }

  public func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Closes with a reset.
  public func reset() {
    var value = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  // MARK: The socket

  private static func socket(_ family: Int32) throws -> Int32 {
    signal(SIGPIPE, SIG_IGN)
    let made = Glibc.socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    try check("socket", made)
    _ = fcntl(made, F_SETFL, O_NONBLOCK)
    return made
  }

  private static func check(_ call: String, _ result: Int32) throws {
    if result < 0 { throw Failure(call: call, number: errno) }
  }

  private static func withAddress<Value>(
    port: Int, host: UInt32, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Value
  ) rethrows -> Value {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = in_addr_t(host).bigEndian
    return try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private func established(_ result: Int32, _ patience: Int32) throws {
    if result == 0 { return }
    guard errno == EINPROGRESS else { throw Failure(call: "connect", number: errno) }
    guard wait(Int16(POLLOUT), patience) != 0 else { throw Failure(call: "connect", number: ETIMEDOUT) }
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
    if error != 0 { throw Failure(call: "connect", number: error) }
  }

  private func wait(_ events: Int16, _ milliseconds: Int32) -> Int16 {
    var entry = pollfd(fd: descriptor, events: events, revents: 0)
    while true {
      let count = poll(&entry, 1, milliseconds)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? entry.revents : 0
    }
  }

  // MARK: Out

  /// Goes out with the next reads, or at once as far as the kernel takes it.
  public func send(_ bytes: [UInt8]) {
    outgoing = outgoing.count == sent ? bytes : Array(outgoing[sent...]) + bytes
    sent = 0
    push()
  }

  public func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends all of it, until nothing was taken for so many milliseconds or the peer has ended; what is left is dropped.
  ///
  /// - Returns: the bytes that the kernel took.
  @discardableResult
  public func send(_ bytes: [UInt8], patience: Int32) -> Int {
    let before = taken
    send(bytes)
    flush(patience: patience)
    dropUnsent()
    return taken - before
  }

  /// Waits until everything was taken by the kernel.
  ///
  /// - Returns: false where the peer stopped taking.
  @discardableResult
  public func flush(patience: Int32? = nil) -> Bool {
    let patience = patience ?? self.patience
    while !isSent {
      guard wait(Int16(POLLOUT), patience) != 0 else { return false }
      push()
    }
    return !metResetWhileWriting
  }

  public var isSent: Bool { sent == outgoing.count }
  public var unsent: Int { outgoing.count - sent }

  /// Sends what the kernel takes at once.
  public func push() {
    while sent < outgoing.count {
      let count = outgoing.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress.map { $0 + sent }, min(bytes.count - sent, 1 << 18))
      }
      guard count > 0 else {
        if errno == EAGAIN { return }
        // Whatever came before can still be read.
        metResetWhileWriting = true
        dropUnsent()
        return
      }
      sent += count
      taken += count
    }
  }

  public func dropUnsent() {
    outgoing = []
    sent = 0
  }

  public func shutOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  // MARK: In

  /// Takes what comes next into `incoming`.
  ///
  /// - Returns: false at an end, which `ended` then names.
  private func fill() -> Bool {
    if ended != nil { return false }
    if start > 1 << 20 {
      incoming.removeFirst(start)
      start = 0
    }
    let deadline = Date(timeIntervalSinceNow: Double(patience) / 1000)
    while true {
      let wanted = Int16(POLLIN) | (isSent ? 0 : Int16(POLLOUT))
      let left = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
      let events = wait(wanted, left)
      if events == 0 {
        ended = .open
        return false
      }
      if events & Int16(POLLOUT) != 0 { push() }
      if events & ~Int16(POLLOUT) == 0 { continue }
      let count = incoming.read(from: descriptor)
      if count > 0 {
        received += count
        return true
      }
      if count < 0, errno == EAGAIN { continue }
      ended = count == 0 && !metResetWhileWriting ? .fin : .reset
      return false
    }
  }

  /// How the connection ended; nil where it is open as far as is known.
  public var end: End? { ended == .open ? nil : ended }

  /// The bytes up to and including the separator, or nil at the end.
  public func readThrough(_ separator: [UInt8], max limit: Int = 4 << 20) -> [UInt8]? {
    var from = start
    while true {
      if let found = incoming.offset(of: separator, from: from) {
        let bytes = Array(incoming[start..<(found + separator.count)])
        start = found + separator.count
        return bytes
      }
      from = max(start, incoming.count - separator.count + 1) - start
      if incoming.count - start > limit { return nil }
      let before = start
      guard fill() else { return nil }
      from += start
      if before != start { from = start }
    }
  }

  /// So many bytes; fewer at the end.
  public func read(_ count: Int) -> [UInt8] {
    while incoming.count - start < count, fill() {}
    let taken = min(count, incoming.count - start)
    defer { start += taken }
    return Array(incoming[start..<(start + taken)])
  }

  /// So many bytes, of which only the first are kept.
  public func skip(_ count: Int, keeping kept: inout [UInt8], upTo limit: Int) -> Int {
    var left = count
    while left > 0 {
      if incoming.count == start, !fill() { break }
      let taken = min(left, incoming.count - start)
      let keep = min(taken, limit - kept.count)
      if keep > 0 { kept += incoming[start..<(start + keep)] }
      start += taken
      left -= taken
    }
    return count - left
  }

  /// Everything up to the end.
  public func readToEnd(max limit: Int = 256 << 20) -> (bytes: [UInt8], end: End) {
    while incoming.count - start < limit, fill() {}
    defer { start = incoming.count }
    return (Array(incoming[start...]), ended ?? .open)
  }

  /// Up to so many bytes: fewer where the peer has ended or nothing came for so many milliseconds.
  public func read(max limit: Int = .max, patience: Int32 = 5000) -> (bytes: [UInt8], end: End) {
    let before = self.patience
    self.patience = patience
    defer { self.patience = before }
    goOn()
    let bytes = read(limit)
    return (bytes, bytes.count < limit ? ended ?? .open : .open)
  }

  /// So many bytes, which are waited for, and everything behind them until nothing came for so many milliseconds.
  public func read(atLeast count: Int, patience: Int32) -> (bytes: [UInt8], end: End) {
    let expected = read(max: count)
    guard expected.bytes.count == count else { return expected }
    let rest = read(patience: patience)
    return (expected.bytes + rest.bytes, rest.end)
  }

  /// Whether there is something to read within the time, in milliseconds.
  public func hasMore(within milliseconds: Int32) -> Bool {
    if incoming.count > start { return true }
    return wait(Int16(POLLIN), milliseconds) != 0
  }

  /// Forgets that nothing came, so that reading can go on.
  public func goOn() { if ended == .open { ended = nil } }
}

extension [UInt8] {
  /// One read of up to 256 KiB at the end.
  fileprivate mutating func read(from descriptor: Int32) -> Int {
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { append(contentsOf: piece[..<count]) }
    return count
  }

  public func offset(of needle: [UInt8], from start: Int = 0) -> Int? {
    guard let first = needle.first, count - start >= needle.count else { return nil }
    return withUnsafeBytes { (bytes: UnsafeRawBufferPointer) -> Int? in
      guard let base = bytes.baseAddress else { return nil }
      var place = start
      while count - place >= needle.count {
        guard let found = memchr(base + place, Int32(first), count - place - needle.count + 1) else { return nil }
        place = UnsafeRawPointer(found) - base
        if memcmp(base + place, needle, needle.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }
}
