internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceWire

/// One worker's part of a listener. It outlives reloads as long as its address stays.
final class ListenerState {
  let address: ListenAddress
  /// Index in the present snapshot.
  private(set) var index: UInt16
  private(set) var timeouts: ListenerTimeouts
  private(set) var limits: ListenerLimits
  private(set) var proxyProtocol: ProxyProtocolMode
  /// nil: plain HTTP.
  private(set) var security: ListenerSecurity?
  /// What every request is answered, where the listener only leads to another.
  private(set) var redirect: CompiledRoute?
  var connections = 0

  init(_ configuration: ListenerConfiguration, index: UInt16, security: ListenerSecurity?) {
    address = configuration.address
    self.index = index
    timeouts = configuration.timeouts
    limits = configuration.limits
    proxyProtocol = configuration.proxyProtocol
    self.security = security
    redirect = Self.redirect(configuration)
  }

  /// A reload may change everything but the address.
  func adopt(_ configuration: ListenerConfiguration, index: UInt16, security: ListenerSecurity?) {
    self.index = index
    timeouts = configuration.timeouts
    limits = configuration.limits
    proxyProtocol = configuration.proxyProtocol
    self.security = security
    redirect = Self.redirect(configuration)
  }

  /// Certificates changed on disk.
  func adopt(_ security: ListenerSecurity) { self.security = security }

  /// A reload took it away: no generation from now on names it.
  func forget() { index = .max }

  private static func redirect(_ configuration: ListenerConfiguration) -> CompiledRoute? {
    guard let port = configuration.redirectPort else { return nil }
    let authority = port == 443 ? "${host}" : "${host}:\(port)"
    let redirect = Redirect(status: 308, location: "https://\(authority)${path}?${query}")
    return CompiledRoute(Route(name: "redirect", action: .redirect(redirect)), upstreams: [], rateLimits: [])
  }

  /// Something comes before the first request.
  var needsOpening: Bool { security != nil || proxyProtocol != .off }

  var headLimits: HeadLimits {
    HeadLimits(total: limits.head, line: limits.requestLine, field: limits.field, fields: limits.fields)
  }
}
