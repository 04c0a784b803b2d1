internal import SluiceConfiguration
internal import SluiceCore

/// An endpoint of the configuration that lies on this machine.
struct WatchedEndpoint: Hashable, Sendable {
  enum Place: Hashable, Sendable {
    /// Each with its port.
    case tcp([EndpointAddress])
    case unix(path: String)
  }

  /// Endpoints that are watched; of more than these the first.
  static let countMax = 256

  var upstream: String
  /// As configured.
  var endpoint: String
  var place: Place

  /// Those whose address is one of this machine. A name other than `localhost` is not looked up: what it stands for may
  /// change, and the doctor looks it up when it is asked.
  static func local(_ configuration: Configuration, among own: Set<EndpointAddress>) -> [WatchedEndpoint] {
    let all = configuration.upstreams.flatMap { upstream in
      upstream.endpoints.compactMap { endpoint in
        place(endpoint.target, among: own).map {
          WatchedEndpoint(upstream: upstream.name, endpoint: endpoint.url, place: $0)
        }
      }
    }
    return Array(all.prefix(countMax))
  }

  private static func place(_ target: EndpointTarget, among own: Set<EndpointAddress>) -> Place? {
    switch target {
    case .unix(let path): return .unix(path: path)
    case .tcp("localhost", let port): return .tcp([.v4(127, 0, 0, 1, port: port), .v6(high: 0, low: 1, port: port)])
    case .tcp(let host, let port):
      guard let address = EndpointAddress(host), LocalAddresses.isLocal(address, among: own) else { return nil }
      return .tcp([address.with(port: port).connected])
    }
  }

  /// Whether connections to it are taken by a socket.
  func isServed(by socket: ListeningSocket) -> Bool {
    switch place {
    case .tcp(let addresses): socket.entry.map { entry in addresses.contains { entry.takes($0) } } ?? false
    case .unix(let path): socket.path == path
    }
  }
}
