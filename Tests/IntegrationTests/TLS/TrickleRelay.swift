import Foundation
import Synchronization
import TestSupport

/// Stands between one client and a port, and hands the client's first bytes on one at a time.
final class TrickleRelay: Sendable {
  let port: Int
  private let listener: Int32

  /// - Parameter count: bytes that go one at a time; what follows goes as it comes.
  init(to target: Int, first count: Int) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isOpen else { throw RawClient.Failure(call: "listen", number: errno) }
    port = Int(in_port_t(bigEndian: address.sin_port))
    Thread.detachNewThread {
      let client = accept(descriptor, nil, nil)
      guard client >= 0 else { return }
      defer { close(client) }
      guard let origin = Self.connected(to: target) else { return }
      defer { close(origin) }
      Self.relay(client, origin, count)
    }
  }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func connected(to port: Int) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return result == 0 ? descriptor : nil
  }

  private static func relay(_ client: Int32, _ origin: Int32, _ count: Int) {
    var left = count
    var entries = [
      pollfd(fd: client, events: Int16(POLLIN), revents: 0), pollfd(fd: origin, events: Int16(POLLIN), revents: 0),
    ]
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    while poll(&entries, 2, 10_000) > 0 {
      for (from, to) in [(0, origin), (1, client)] where entries[from].revents != 0 {
        let read = Glibc.read(entries[from].fd, &bytes, bytes.count)
        guard read > 0 else { return }
        var sent = 0
        while sent < read {
          let isTrickling = from == 0 && left > 0
          let piece = isTrickling ? 1 : read - sent
          let written = bytes.withUnsafeBytes { write(to, $0.baseAddress.map { $0 + sent }, piece) }
          guard written > 0 else { return }
          sent += written
          if isTrickling {
            left -= 1
            usleep(200)
          }
        }
      }
    }
  }
}
