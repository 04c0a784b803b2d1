import Foundation

/// What a service manager is told (`sd_notify(3)`): a datagram to the socket that NOTIFY_SOCKET names.
///
/// Without the variable nothing is sent. A manager that does not read costs nothing: the socket never waits.
struct ServiceNotifier: Sendable {
  private let path: String?

  init(environment: [String: String]) { path = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 } }

  /// - Parameter isSuccessor: we took over from a process that the manager knows as the main one.
  func ready(isSuccessor: Bool) { send("READY=1\n" + (isSuccessor ? "MAINPID=\(getpid())\n" : "")) }

  /// - Parameter monotonic: of the monotonic clock, in microseconds (`Type=notify-reload`).
  func reloading(at monotonic: UInt64) { send("RELOADING=1\nMONOTONIC_USEC=\(monotonic)\n") }

  func stopping() { send("STOPPING=1\n") }

  private func send(_ text: String) {
    guard let path else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    // `@` stands for the zero byte that an abstract name begins with.
    if name.first == 0x40 { name[0] = 0 }
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(2 + name.count)
    let bytes = Array(text.utf8)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, length)
      }
    }
  }
}
