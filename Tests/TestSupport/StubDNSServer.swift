internal import Glibc
public import SluiceCore
internal import Synchronization

/// A real DNS server on 127.0.0.1: UDP and TCP on the same port that the system chose, answers from a closure.
public final class StubDNSServer: Sendable {
  public struct Question: Sendable, Hashable {
    public var id: UInt16
    public var name: String
    public var type: UInt16
    public var isTCP: Bool
    /// It has an additional record: the OPT of EDNS.
    public var hasEDNS: Bool

    public func response(
      rcode: UInt16 = 0, flags: UInt16 = 0x8180, answers: [DNSWire.Record] = [], authorities: [DNSWire.Record] = []
    ) -> [UInt8] {
      DNSWire.response(
        id: id, name: name, type: type, rcode: rcode, flags: flags, answers: answers, authorities: authorities)
    }
  }

  /// Messages to send for a question, in order; none for silence.
  public typealias Answer = @Sendable (Question) -> [[UInt8]]

  public let port: UInt16
  private let datagrams: Int32
  private let listener: Int32
  private let stopping: Mutex<Bool>
  private let asked: Mutex<[Question]>
  private let thread: Mutex<pthread_t?>

  public var address: EndpointAddress { .v4(127, 0, 0, 1, port: port) }
  public var questions: [Question] { asked.withLock { $0 } }

  public init(_ answer: @escaping Answer) throws {
    let (datagrams, listener, port) = try Self.bindBoth()
    self.datagrams = datagrams
    self.listener = listener
    self.port = port
    stopping = Mutex(false)
    asked = Mutex([])
    thread = Mutex(nil)
    let box = Unmanaged.passRetained(Body(server: self, answer: answer))
    var id = pthread_t()
    guard pthread_create(&id, nil, stubEntered, box.toOpaque()) == 0 else { throw StubError(errno: errno) }
    thread.withLock { $0 = id }
  }

  /// Ends the thread and closes both sockets.
  public func stop() {
    let id = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let id else { return }
    stopping.withLock { $0 = true }
    pthread_join(id, nil)
    close(datagrams)
    close(listener)
  }

  public struct StubError: Error { public var errno: Int32 }

  fileprivate final class Body: Sendable {
    let server: StubDNSServer
    let answer: Answer
    init(server: StubDNSServer, answer: @escaping Answer) {
      self.server = server
      self.answer = answer
    }
  }

  // MARK: Sockets

  /// The TCP port of a UDP port that was free may be taken; another pair is tried then.
  private static func bindBoth() throws -> (Int32, Int32, UInt16) {
    for _ in 0..<20 {
      let datagrams = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      if let port = bound(datagrams, port: 0), bound(listener, port: port) != nil, listen(listener, 16) == 0 {
        return (datagrams, listener, port)
      }
      close(datagrams)
      close(listener)
    }
    throw StubError(errno: EADDRINUSE)
  }

  private static func bound(_ descriptor: Int32, port: UInt16) -> UInt16? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(descriptor, raw, length) == 0 && getsockname(descriptor, raw, &length) == 0
      }
    }
    return isBound ? UInt16(bigEndian: address.sin_port) : nil
  }

  // MARK: Serving

  fileprivate func serve(_ answer: Answer) {
    while !stopping.withLock({ $0 }) {
      var polls = [
        pollfd(fd: datagrams, events: Int16(POLLIN), revents: 0),
        pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&polls, 2, 20) > 0 else { continue }
      if polls[0].revents != 0 { serveDatagram(answer) }
      if polls[1].revents != 0 { serveConnection(answer) }
    }
  }

  private func serveDatagram(_ answer: Answer) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var peer = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutablePointer(to: &peer) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        let count = recvfrom(datagrams, &buffer, buffer.count, 0, raw, &length)
        guard count > 0, let question = note(Array(buffer.prefix(count)), isTCP: false) else { return }
        for message in answer(question) { sendto(datagrams, message, message.count, 0, raw, length) }
      }
    }
  }

  private func serveConnection(_ answer: Answer) {
    let connection = accept(listener, nil, nil)
    guard connection >= 0 else { return }
    defer { close(connection) }
    var wait = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    // Several questions may come on one connection; its end is the asker's.
    while let head = exactly(2, from: connection) {
      guard let message = exactly(Int(head[0]) << 8 | Int(head[1]), from: connection),
        let question = note(message, isTCP: true)
      else { return }
      for reply in answer(question) {
        let framed = DNSWire.two(UInt16(reply.count)) + reply
        guard send(connection, framed, framed.count, Int32(MSG_NOSIGNAL)) == framed.count else { return }
      }
    }
  }

  private func exactly(_ count: Int, from connection: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: max(count, 1))
    while bytes.count < count {
      let got = recv(connection, &buffer, count - bytes.count, 0)
      guard got > 0 else { return nil }
      bytes += buffer.prefix(got)
    }
    return bytes
  }

  private func note(_ message: [UInt8], isTCP: Bool) -> Question? {
    guard message.count > 12 else { return nil }
    var labels: [String] = []
    var offset = 12
    while offset < message.count, message[offset] != 0 {
      let end = offset + 1 + Int(message[offset])
      guard end < message.count else { return nil }
      labels.append(String(decoding: message[(offset + 1)..<end], as: UTF8.self))
      offset = end
    }
    guard offset + 2 < message.count else { return nil }
    let question = Question(
      id: UInt16(message[0]) << 8 | UInt16(message[1]), name: labels.joined(separator: "."),
      type: UInt16(message[offset + 1]) << 8 | UInt16(message[offset + 2]), isTCP: isTCP,
      hasEDNS: message[11] != 0)
    asked.withLock { $0.append(question) }
    return question
  }
}

private func stubEntered(context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context {
    let body = Unmanaged<StubDNSServer.Body>.fromOpaque(context).takeRetainedValue()
    body.server.serve(body.answer)
  }
  return nil
}
