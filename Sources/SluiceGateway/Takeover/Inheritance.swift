internal import Glibc
internal import Logging
internal import NIOCore
internal import SluiceConfiguration
public import SluiceCore

/// Listening sockets that this process did not open: from systemd, from an older gateway, or both.
public final class Inheritance: Sendable {
  private let sockets: [ListeningSocket]
  private let session: TakeoverSession?

  /// - Parameters:
  ///   - passed: what the service manager passes on.
  ///   - session: with an older gateway, where there is one.
  public init(passed: ListenFDs, session: TakeoverSession?) {
    var sockets: [ListeningSocket] = []
    if case .descriptors(let first, let names) = passed {
      for index in names.indices {
        sockets.append(ListeningSocket(inherited: first + Int32(index), label: ""))
      }
    }
    self.sockets = sockets + (session?.sockets ?? [])
    self.session = session
  }

  /// The sockets of each listener, by its place in the configuration. The others are told and closed.
  func adopted(by listeners: [ListenerConfiguration], logger: Logger) -> [Int: [ListeningSocket]] {
    let wanted = listeners.map { SocketMatch.Wanted(bound: Self.resolved($0.address), label: $0.address.description) }
    let offered = sockets.map {
      SocketMatch.Inherited(bound: $0.bound, label: $0.label, isListening: $0.isListening)
    }
    var adopted: [Int: [ListeningSocket]] = [:]
    for (socket, match) in zip(sockets, SocketMatch.of(offered, for: listeners.isEmpty ? [] : wanted)) {
      if case .listener(let index) = match {
        adopted[index, default: []].append(socket)
      } else {
        let place = socket.bound?.description ?? "a socket without an address"
        logger.warning("\(place) was passed on and is closed: \(match.reason ?? "")")
        socket.close()
      }
    }
    return adopted
  }

  static func resolved(_ address: ListenAddress) -> BoundAddress? {
    switch address {
    case .unix(let path): return .unix(path: path)
    case .tcp(let host, let port):
      guard let resolved = try? SocketAddress.makeAddressResolvingHost(host, port: Int(port)) else { return nil }
      return .tcp(EndpointAddress(resolved))
    }
  }

  /// Waits until the older gateway, where there is one, no longer accepts on these.
  ///
  /// - Throws: `TakeoverError`: it goes on as before.
  func prepare(_ adopted: [ListeningSocket]) async throws { try await session?.prepare(adopted) }

  /// Tells it that we accept.
  ///
  /// - Throws: `TakeoverError`: it accepts again.
  func confirm() async throws { try await session?.confirm() }
}
