internal import Glibc
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// Connects to each address of an endpoint, all at the same time, and says what became of each.
enum ConnectLook {
  /// - Parameter addresses: with port where they are of TCP, as in `127.0.0.1:3000`, or `unix:/path`.
  static func look(
    _ addresses: [String], of target: ProbeTarget, within limit: Duration
  ) async -> Seen<[ConnectionSeen]> {
    let listeners = target.listeners
    return await Look.blocking(within: limit + .milliseconds(500)) {
      .value(connect(addresses, milliseconds: limit.milliseconds, listeners))
    }
  }

  /// Waits on this thread.
  static func connect(
    _ addresses: [String], milliseconds limit: Double, _ listeners: [ListenAddress]
  ) -> [ConnectionSeen] {
    let start = ProbeClock.milliseconds()
    var attempts = addresses.map { SocketAttempt($0) }
    while true {
      let left = start + limit - ProbeClock.milliseconds()
      let open = attempts.indices.filter { attempts[$0].isPending }
      guard !open.isEmpty, left > 0 else { break }
      var polls = open.map { pollfd(fd: attempts[$0].descriptor, events: Int16(POLLOUT), revents: 0) }
      guard poll(&polls, nfds_t(polls.count), Int32(left.rounded(.up))) > 0 else { continue }
      for (index, poll) in zip(open, polls) where poll.revents != 0 { attempts[index].finish() }
    }
    return attempts.indices.map { index in
      attempts[index].giveUp()
      var seen = attempts[index].seen
      if let address = EndpointAddress(seen.address) { seen.route = RouteQuestion.route(to: address) }
      seen.isOurListener = listeners.contains { $0.isReached(by: seen) }
      return seen
    }
  }
}

extension ListenAddress {
  /// Whether who connects there connects to this listener.
  fileprivate func isReached(by connection: ConnectionSeen) -> Bool {
    switch self {
    case .unix(let path): return connection.address == "unix:\(path)"
    case .tcp(let host, let port):
      guard var to = EndpointAddress(connection.address), to.port == port else { return false }
      to.port = 0
      var from = connection.localAddress.flatMap { EndpointAddress($0) }
      from?.port = 0
      // Who connects to an address of its own machine gets the same one for its own side.
      let isLocal = to == from || to.description.hasPrefix("127.") || to.description == "::1"
      switch host {
      case "0.0.0.0": return isLocal && to.family == .v4
      case "::": return isLocal
      case "localhost": return to.description.hasPrefix("127.") || to.description == "::1"
      default: return EndpointAddress(host) == to
      }
    }
  }
}
