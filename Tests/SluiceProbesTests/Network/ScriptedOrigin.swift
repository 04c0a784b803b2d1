import Foundation
import Synchronization

/// An origin on a port of the system's choice whose connections a closure serves, each on a thread of its own.
final class ScriptedOrigin: Sendable {
  /// One accepted connection; blocking.
  final class Connection: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Reads to the end of a request's head; nil where the connection ended.
    func head() -> String? {
      var bytes: [UInt8] = []
      var byte: UInt8 = 0
      while !bytes.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
        guard recv(descriptor, &byte, 1, 0) == 1, bytes.count < 65_536 else { return nil }
        bytes.append(byte)
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    func send(_ text: String) {
      let bytes = Array(text.utf8)
      _ = Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Waits until the other side closes.
    func hang() {
      var byte: UInt8 = 0
      while recv(descriptor, &byte, 1, 0) == 1 {}
    }
  }

  let port: UInt16
  private let listener: Int32
  private let heads = Mutex<[String]>([])

  /// The heads of all requests so far.
  var requests: [String] { heads.withLock { $0 } }

  init(_ serve: @escaping @Sendable (Connection) -> Void) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(listener, raw, length) == 0 && getsockname(listener, raw, &length) == 0
      }
    }
    guard isBound, listen(listener, 32) == 0 else { throw CocoaError(.fileReadUnknown) }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    let thread = Thread {
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        Thread.detachNewThread {
          serve(Connection(descriptor))
          close(descriptor)
        }
      }
    }
    thread.start()
  }

  /// Answers each request of a connection with this, as long as `requestsMax` are not exceeded.
  static func answering(
    _ response: String, requestsMax: Int = .max, idle: Duration? = nil
  ) throws -> ScriptedOrigin {
    let log = Log()
    let origin = try ScriptedOrigin { connection in
      for _ in 0..<requestsMax {
        if let idle {
          var wait = timeval(tv_sec: 0, tv_usec: Int(idle.components.attoseconds / 1_000_000_000_000))
          setsockopt(connection.descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        }
        guard let head = connection.head() else { return }
        log.add(head)
        connection.send(response)
      }
    }
    log.owner.withLock { $0 = origin }
    return origin
  }

  private final class Log: Sendable {
    let owner = Mutex<ScriptedOrigin?>(nil)

    func add(_ head: String) {
      let origin = owner.withLock { $0 }
      origin?.heads.withLock { $0.append(head) }
    }
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
