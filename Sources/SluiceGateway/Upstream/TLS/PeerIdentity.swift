internal import SluiceConfiguration
internal import SluiceCore

/// Whom an endpoint's certificate must name.
enum PeerIdentity: Hashable, Sendable {
  /// Asked for with SNI.
  case name(String)
  /// SNI has no addresses (RFC 6066 section 3): it is only matched.
  case address(String)

  /// - Parameter host: a name or an IP address.
  init(_ host: String) {
    self = EndpointAddress(host) == nil ? .name(host) : .address(host)
  }

  /// What is asked for in the handshake.
  var nameToAsk: String? {
    switch self {
    case .name(let name): name
    case .address: nil
    }
  }

  var text: String {
    switch self {
    case .name(let text), .address(let text): text
    }
  }
}
