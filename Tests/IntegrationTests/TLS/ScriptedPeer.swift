import Foundation
import TestSupport

/// An endpoint that reads the first bytes of each connection, sends bytes of the test's choice, and ends.
final class ScriptedPeer: Sendable {
  enum End: Sendable {
    case close
    case reset
    /// Not before the other side does.
    case stall
  }

  private let listener: Int32
  let port: Int

  /// - Parameter bytes: asked for each connection.
  init(_ bytes: @escaping @Sendable () -> [UInt8], then end: End) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && Glibc.listen(listener, 128) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard isOpen else { throw RawClient.Failure(call: "listen", number: errno) }
    self.listener = listener
    port = Int(in_port_t(bigEndian: address.sin_port))
    Thread.detachNewThread {
      while true {
        let accepted = accept(listener, nil, nil)
        guard accepted >= 0 else { return }
        Thread.detachNewThread { Self.serve(accepted, bytes(), end) }
      }
    }
  }

  private static func serve(_ descriptor: Int32, _ bytes: [UInt8], _ end: End) {
    defer { close(descriptor) }
    var piece = [UInt8](repeating: 0, count: 4096)
    guard piece.withUnsafeMutableBytes({ read(descriptor, $0.baseAddress, $0.count) }) > 0 else { return }
    _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    switch end {
    case .close: break
    case .reset:
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    case .stall:
      while piece.withUnsafeMutableBytes({ read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
    }
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
