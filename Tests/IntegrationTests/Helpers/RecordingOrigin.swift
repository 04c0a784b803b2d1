import Foundation
import Synchronization
import TestSupport

/// An origin that keeps every byte it receives and answers each read head with fixed bytes.
///
/// It reads the way a strict server does: a head, then the body that Content-Length or chunks declare.
final class RecordingOrigin: Sendable {
  private struct State {
    var received: [[UInt8]] = []
    var sockets: Set<Int32> = []
    var isStopped = false
  }

  private let state = Mutex(State())
  private let listener: Int32
  let port: Int
  private let answer: @Sendable (_ head: String) -> [UInt8]?

  static let ok = Array("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n".utf8)

  /// - Parameters:
  ///   - port: 0 for one of the system's choice; another to come back where one was before.
  ///   - answer: the bytes that answer a request; nil closes the connection instead.
  init(
    host: UInt32 = 0x7F00_0001, port wanted: Int = 0,
    answer: @escaping @Sendable (_ head: String) -> [UInt8]? = { _ in RecordingOrigin.ok }
  ) throws {
    self.answer = answer
    (listener, port) = try Self.listen(host, wanted)
    let descriptor = listener
    Thread.detachNewThread { [weak self] in
      while true {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0, let self, self.admit(accepted) else {
          if accepted >= 0 { close(accepted) }
          return
        }
        Thread.detachNewThread { self.serve(accepted) }
      }
    }
  }

  private static func listen(_ host: UInt32, _ port: Int) throws -> (Int32, port: Int) {
    let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(host).bigEndian
    address.sin_port = in_port_t(port).bigEndian
    var isReused: Int32 = 1
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(made, $0, size) == 0 && Glibc.listen(made, 128) == 0 && getsockname(made, $0, &size) == 0
      }
    }
    guard isOpen else { throw RawClient.Failure(call: "listen", number: errno) }
    return (made, Int(in_port_t(bigEndian: address.sin_port)))
  }

  /// The bytes of each connection, in the order in which they were accepted.
  var connections: [[UInt8]] { state.withLock { $0.received } }

  /// Connections that no side has ended.
  var openConnections: Int { state.withLock { $0.sockets.count } }

  /// Forgets what was received.
  func clear() { state.withLock { state in for index in state.received.indices { state.received[index] = [] } } }

  /// Everything that was received since the last `clear`, one connection after the other.
  var received: [UInt8] { state.withLock { $0.received.flatMap { $0 } } }

  func stop() {
    state.withLock { state in
      state.isStopped = true
      for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func admit(_ descriptor: Int32) -> Bool {
    state.withLock { state in
      guard !state.isStopped else { return false }
      state.sockets.insert(descriptor)
      return true
    }
  }

  private func serve(_ descriptor: Int32) {
    let index = state.withLock { state in
      state.received.append([])
      return state.received.count - 1
    }
    var pending: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    serving: while true {
      while let (head, length) = Self.message(pending) {
        pending.removeFirst(length)
        guard let bytes = answer(head) else { break serving }
        guard bytes.withUnsafeBytes({ send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }) >= 0
        else { break }
      }
      let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      pending += piece[..<count]
      state.withLock { $0.received[index] += piece[..<count] }
    }
    _ = state.withLock { $0.sockets.remove(descriptor) }
    close(descriptor)
  }

  /// The first whole message, as text of its head and its length in bytes.
  static func message(_ bytes: [UInt8]) -> (head: String, length: Int)? {
    guard let end = bytes.offset(of: [0x0D, 0x0A, 0x0D, 0x0A]) else { return nil }
    let head = text(bytes[..<(end + 4)])
    let fields = head.lowercased().components(separatedBy: "\r\n").dropFirst()
    if fields.contains(where: { $0.hasPrefix("transfer-encoding:") }) {
      guard let last = chunksEnd(bytes, from: end + 4) else { return nil }
      return (head, last)
    }
    let length = fields.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).trimmed) } ?? 0
    return bytes.count >= end + 4 + length ? (head, end + 4 + length) : nil
  }

  private static func chunksEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while let end = bytes.offset(of: [0x0D, 0x0A], from: place) {
      guard let size = Int(text(bytes[place..<end]), radix: 16) else { return nil }
      place = end + 2
      if size == 0 { return bytes.offset(of: [0x0D, 0x0A], from: place) == place ? place + 2 : nil }
      place += size + 2
      if place > bytes.count { return nil }
    }
    return nil
  }
}

extension StringProtocol {
  var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

func withOrigin<Value>(
  answer: @escaping @Sendable (String) -> [UInt8]? = { _ in RecordingOrigin.ok },
  _ body: (RecordingOrigin) async throws -> Value
) async throws -> Value {
  let origin = try RecordingOrigin(answer: answer)
  defer { origin.stop() }
  return try await body(origin)
}

/// A gateway in front of an origin that keeps what it receives.
func withGatewayAndOrigin<Value>(
  _ extra: String = "", upstream: String = "", listener: String = "",
  answer: @escaping @Sendable (String) -> [UInt8]? = { _ in RecordingOrigin.ok },
  _ body: (GatewayHarness, RecordingOrigin) async throws -> Value
) async throws -> Value {
  try await withOrigin(answer: answer) { origin in
    try await withGateway(
      """
      listeners: [{ address: '127.0.0.1:0'\(listener.isEmpty ? "" : ", " + listener) }]
      upstreams:
        app: { endpoints: ['http://127.0.0.1:\(origin.port)']\(upstream.isEmpty ? "" : ", " + upstream) }
      \(extra)
      """
    ) { try await body($0, origin) }
  }
}
