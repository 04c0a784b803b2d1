internal import SluiceCore

/// One TCP socket of this network namespace.
struct SocketEntry: Equatable, Sendable {
  /// Numbers of the kernel (`include/net/tcp_states.h`).
  enum State {
    static let established: UInt8 = 1
    static let synSent: UInt8 = 2
    static let closeWait: UInt8 = 8
    static let listen: UInt8 = 10
  }

  var local: EndpointAddress
  var remote: EndpointAddress
  var state: UInt8
  /// Bytes that the process has not read; of one that listens, connections that it has not accepted.
  var receiveQueue: Int
  /// Bytes that the other side has not acknowledged; of one that listens, how many connections may wait. nil: the
  /// source does not tell.
  var sendQueue: Int?
  var user: UInt32
  /// 0: it belongs to no process (any more, or yet).
  var inode: UInt64
  /// Whether a socket of `::` leaves IPv4 alone; nil: the source does not tell.
  var isV6Only: Bool?

  var isListening: Bool { state == State.listen }
}

extension SocketEntry {
  /// Whether connections to an address are taken by this socket.
  func takes(_ address: EndpointAddress) -> Bool {
    guard isListening, local.port == address.port else { return false }
    let local = local.with(port: 0)
    let wanted = address.with(port: 0)
    if local == wanted || local.unmapped == wanted.unmapped { return true }
    switch local.family {
    case .v4: return local == .v4(0) && wanted.unmapped.family == .v4
    case .v6: return local.isEmpty && (wanted.family == .v6 || isV6Only != true)
    case .none, .unix: return false
    }
  }
}

extension EndpointAddress {
  /// `0.0.0.0` or `::`.
  var isEmpty: Bool { high == 0 && low == 0 }

  /// What a connection to it goes to: one to the unspecified address goes to the loopback address (ip(7)).
  var connected: EndpointAddress {
    guard isEmpty else { return self }
    switch family {
    case .v4: return .v4(127, 0, 0, 1, port: port)
    case .v6: return .v6(high: 0, low: 1, port: port)
    case .none, .unix: return self
    }
  }
}
