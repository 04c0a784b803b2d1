import Glibc
import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import TestSupport

@testable import SluiceProbes

/// An endpoint of this machine looked at with what these tests are about: sockets, processes and resources, and whether
/// a connection comes about.
enum Examined {
  static func tcp(
    port: UInt16, host: String = "127.0.0.1", history: [ProcessSighting] = [], suffers: Bool = false
  ) async throws -> Examination {
    let target = ExaminationTarget(
      endpoint: "http://\(host):\(port)", upstream: "api", isTLS: false, host: host, port: port, socketPath: nil,
      path: "/")
    var connection = ConnectionSeen(address: "\(host):\(port)")
    connection.cause = try await blocking { connects(to: port) } ? nil : Cause.connectRefused.identifier
    return try await examine(target, connection, history: history, suffers: suffers)
  }

  static func unix(path: String, history: [ProcessSighting] = []) async throws -> Examination {
    let target = ExaminationTarget(
      endpoint: "unix:\(path)", upstream: "api", isTLS: false, host: nil, port: nil, socketPath: path, path: "/")
    return try await examine(target, nil, history: history, suffers: false)
  }

  private static func examine(
    _ target: ExaminationTarget, _ connection: ConnectionSeen?, history: [ProcessSighting], suffers: Bool
  ) async throws -> Examination {
    let addresses = [target.host].compactMap { $0 }
    let listeners = await ListenerLook.look(target, addresses: addresses, history: history, within: .seconds(20))
    let now = ProbeClock.wallMilliseconds()
    let resources = await ResourceLook.look(target, listeners: listeners.value, moment: now, within: .seconds(20))
    var examination = Examination(time: ProbeClock.wallMilliseconds(), target: target)
    examination.listeners = listeners
    examination.resources = resources
    examination.connections = connection.map { .value([$0]) }
    if suffers {
      var late = ResponseSeen(question: .configured, address: target.endpoint, method: "GET", path: "/")
      late.cause = Cause.responseHeaderTimeout.identifier
      examination.responses = .value([late])
    }
    return examination
  }

  /// Whether a connection comes about, or at least is not refused: a full accept queue leaves it waiting.
  private static func connects(to port: UInt16) -> Bool {
    guard let connection = Caller(port: port) else { return false }
    defer { connection.close() }
    return !connection.isRefused
  }
}

/// A connection to a port of the loopback address, which never waits for anything.
final class Caller: @unchecked Sendable {
  private var descriptor: Int32
  private(set) var isRefused = false

  init?(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result != 0 else { return }
    isRefused = errno != EINPROGRESS
    guard !isRefused else { return }
    // A full accept queue leaves it without an answer.
    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&wanted, 1, 100) == 1 else { return }
    var error: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
    isRefused = error != 0
  }

  /// Sends a request, where the connection has come about.
  func ask() {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&wanted, 1, 200)
    let request = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
    _ = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
  }

  func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  deinit { close() }
}
