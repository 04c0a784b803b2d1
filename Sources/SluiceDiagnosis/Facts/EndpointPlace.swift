internal import SluiceCore

/// Where an endpoint is, as far as its configured text and its address tell.
struct EndpointPlace: Equatable {
  enum Target: Equatable {
    /// `host` without brackets.
    case tcp(host: String, port: UInt16)
    case unix(path: String)
  }

  /// As configured, or the address where that is unknown.
  let text: String
  /// The numeric address, with port, where one was connected to.
  let address: String?
  let isTLS: Bool
  let target: Target?

  /// - Parameters:
  ///   - endpoint: As in `http://api.internal:3000` or `unix:/run/app.sock`.
  ///   - address: As in `10.0.0.5:3000`.
  init?(endpoint: String?, address: String?) {
    guard let text = endpoint ?? address, !text.isEmpty else { return nil }
    self.text = text
    self.address = address
    isTLS = text.hasPrefix("https://")
    target = Self.target(of: text)
  }

  private static func target(of text: String) -> Target? {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      return path.hasPrefix("/") ? .unix(path: path) : nil
    }
    var rest = text[...]
    var port: UInt16? = nil
    if rest.hasPrefix("http://") {
      rest = rest.dropFirst(7)
      port = 80
    } else if rest.hasPrefix("https://") {
      rest = rest.dropFirst(8)
      port = 443
    }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    var host = rest
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]"),
      let number = UInt16(rest[colon...].dropFirst())
    {
      port = number
      host = rest[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard let port, !host.isEmpty else { return nil }
    return .tcp(host: String(host), port: port)
  }

  /// The host's name, nil where the endpoint is configured by address.
  var name: String? {
    guard case .tcp(let host, _) = target, EndpointAddress(host) == nil else { return nil }
    return host
  }

  var isUnix: Bool {
    if case .unix = target { true } else { false }
  }

  var port: UInt16? {
    if case .tcp(_, let port) = target { port } else { nil }
  }

  /// Whether no network lies between the gateway and the endpoint.
  var isLocal: Bool {
    if isUnix { return true }
    let numeric = [address, host].compactMap { $0 }.compactMap { EndpointAddress($0) }.first
    guard let numeric else { return false }
    return switch numeric.family {
    case .v4: numeric.description.hasPrefix("127.")
    case .v6: numeric.description.hasPrefix("[::1]") || numeric.description == "::1"
    case .none, .unix: false
    }
  }

  var host: String? {
    if case .tcp(let host, _) = target { host } else { nil }
  }

  /// The configured text, and the address where a name stands in it; safe to show.
  var shown: String {
    guard name != nil, let address else { return Shown.text(text) }
    return Shown.text(text, limit: 48) + " (" + Shown.text(address, limit: 48) + ")"
  }
}
