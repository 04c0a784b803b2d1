import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import SluiceGateway

/// The desk of a running gateway as its peers reach it.
struct TakeoverPeer {
  let connection: TakeoverConnection

  /// - Parameter state: the folder that the gateway was started with; it has one gateway.
  init(state: String) throws {
    let folder = try TakeoverFolder(path: state + "/sluice/takeover").open()
    let name = try #require(folder.sockets(atMost: 2).first)
    connection = try TakeoverConnection.connect(to: folder.path(of: name))
    connection.setPatience(.seconds(10))
  }

  /// The next message; its descriptors are closed.
  func next() -> TakeoverMessage? {
    guard case .message(let message, let descriptors) = connection.receive() else { return nil }
    for descriptor in descriptors { close(descriptor) }
    return message
  }

  /// Asks for the sockets, up to the last message of the offer.
  ///
  /// - Returns: how many are offered; nil: it was refused.
  func ask() -> Int? {
    guard connection.send(.request), case .offer(let count)? = next() else { return nil }
    var left = count
    while left > 0, case .sockets(let labels)? = next() { left -= labels.count }
    return left == 0 ? count : nil
  }

  var isEnded: Bool {
    if case .closed = connection.receive() { return true }
    return false
  }
}

/// Stands between a newer process and an older one, and stops in the middle of their takeover.
///
/// The newer process looks in `state`, where it finds nobody but the relay.
final class TakeoverRelay: Sendable {
  private let listener: Int32
  private let older: String

  init(state: String, older: String) throws {
    let path = state + "/sluice/takeover"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let folder = try TakeoverFolder(path: path).open()
    listener = try TakeoverConnection.make()
    self.older = older
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: folder.path(of: "relay.sock").utf8) }
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(listener, 1) == 0
      }
    }
    try #require(isBound)
  }

  deinit { close(listener) }

  /// Passes everything on until the older process says this. Then nothing moves any more until what is returned is
  /// dropped, which ends both connections.
  func run(until isLast: @escaping @Sendable (TakeoverMessage) -> Bool) async throws -> [TakeoverConnection] {
    try await blocking { [self] in
      let newer = TakeoverConnection(accept(listener, nil, nil))
      let older = try TakeoverPeer(state: older).connection
      newer.setPatience(.seconds(10))
      while true {
        var polls = [newer, older].map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        try #require(poll(&polls, 2, 10_000) > 0, "the takeover came to a stop by itself")
        let (from, to) = polls[0].revents != 0 ? (newer, older) : (older, newer)
        guard case .message(let message, let descriptors) = from.receive() else {
          Issue.record("the takeover ended by itself")
          return []
        }
        defer { for descriptor in descriptors { close(descriptor) } }
        if from === older, isLast(message) { return [newer, older] }
        #expect(DescriptorPassing.send(message.encoded, descriptors, to: to.descriptor) == 0)
      }
    }
  }
}
