internal import SluiceConfiguration
internal import SluiceCore
public import SluiceIncidents

/// The looks at an endpoint from the network, each with its time limit, independent ones side by side.
///
/// Only GET is asked, at most `requestsMax` times: as configured twice on one connection, the check's path, and where
/// the first fails another scheme and another protocol in their place.
public enum NetworkLooks {
  /// Requests of one look at most, one at another port not counted.
  static let requestsMax = 4

  /// What the name of a target stands for: others need to know it too.
  static func resolve(_ target: ProbeTarget) async -> ResolvedTarget {
    let course = Course(NetworkLimits.whole)
    let resolved = await ResolveLook.look(target, within: course.limit(NetworkLimits.resolve))
    return ResolvedTarget(
      resolution: resolved?.seen, addresses: addresses(of: target, resolved: resolved?.addresses ?? []), course: course)
  }

  /// Both, one after the other.
  public static func look(
    _ target: ProbeTarget, depth: LookDepth, keepAliveWatch: Duration = .milliseconds(1200)
  ) async -> NetworkSeen {
    await look(target, resolved: await resolve(target), depth: depth, keepAliveWatch: keepAliveWatch)
  }

  /// - Parameters:
  ///   - keepAliveWatch: how long an idle connection is watched in a full look, at most 6 s. The default keeps the
  ///     look at a healthy endpoint under 2 s.
  static func look(
    _ target: ProbeTarget, resolved: ResolvedTarget, depth: LookDepth,
    keepAliveWatch: Duration = .milliseconds(1200)
  ) async -> NetworkSeen {
    let course = resolved.course
    var seen = NetworkSeen()
    seen.resolution = resolved.resolution
    let addresses = resolved.addresses
    guard !addresses.isEmpty else { return seen }
    let timeouts = target.settings.timeouts
    let connections = await ConnectLook.look(
      addresses, of: target, within: course.limit(NetworkLimits.connect, timeouts.connect.duration))
    seen.connections = connections
    guard let address = connections.value?.first(where: { $0.cause == nil })?.address else { return seen }
    let opening = await HandshakeLook.look(
      target, at: address, connect: course.limit(NetworkLimits.connect, timeouts.connect.duration),
      handshake: course.limit(NetworkLimits.handshake, timeouts.tls.duration))
    seen.handshake = opening.handshake
    if let failure = opening.failure { seen.responses = .value([failure]) }
    switch depth {
    case .cheap: await cheap(target, address, opening, course, &seen)
    case .full: await full(target, address, opening, course, keepAliveWatch, &seen)
    }
    opening.connection?.close()
    return seen
  }

  /// Asks the same host at another port, as configured otherwise: where the same program listens there.
  ///
  /// - Parameter address: with its port, as in `127.0.0.1:3001`.
  public static func otherPort(_ target: ProbeTarget, at address: String) async -> ResponseSeen? {
    await RequestLook.otherPort(target, at: address, within: NetworkLimits.otherWay)
  }

  /// In the order in which the gateway tries them, with their port.
  private static func addresses(of target: ProbeTarget, resolved: [String]) -> [String] {
    switch target.endpoint.target {
    case .unix(let path): return ["unix:\(path)"]
    case .tcp(let host, let port):
      let hosts = EndpointAddress(host) == nil ? resolved : [host]
      return hosts.compactMap { EndpointAddress($0) }.map { address in
        var address = address
        address.port = port
        return address.description
      }
    }
  }

  // MARK: Depths

  private static func cheap(
    _ target: ProbeTarget, _ address: String, _ opening: ConfiguredOpening, _ course: Course, _ seen: inout NetworkSeen
  ) async {
    guard let connection = opening.connection else { return }
    let question = ProbeQuestion.configured(target, at: address)
    let answer = await connection.ask(question, within: limit(target, course))
    seen.responses = .value([answer.seen])
  }

  private static func full(
    _ target: ProbeTarget, _ address: String, _ opening: ConfiguredOpening, _ course: Course, _ watch: Duration,
    _ seen: inout NetworkSeen
  ) async {
    async let versions = versions(target, address, opening.handshake?.value, course)
    var responses = seen.responses?.value ?? []
    if let connection = opening.connection {
      async let health = RequestLook.health(target, at: address, within: limit(target, course))
      let question = ProbeQuestion.configured(target, at: address)
      let first = await connection.ask(question, within: limit(target, course))
      responses.append(first.seen)
      if first.seen.cause == nil {
        seen.keepAlive = await KeepAliveLook.look(
          connection, question, after: first, within: limit(target, course), watch: course.limit(watch),
          poolIdle: target.settings.timeouts.poolIdle.duration)
      }
      if let health = await health { responses.append(health) }
    }
    if isOtherWayWorthATry(opening, responses) {
      let spokeHTTP2 = spokeHTTP2(target, seen.handshake?.value)
      let limit = course.limit(NetworkLimits.otherWay)
      async let scheme = RequestLook.otherScheme(target, at: address, within: limit)
      async let other = RequestLook.otherProtocol(target, at: address, spokeHTTP2: spokeHTTP2, within: limit)
      responses += [await scheme, await other].compactMap { $0 }
    }
    if !responses.isEmpty { seen.responses = .value(responses) }
    let spoken = await versions
    if case .value(var handshake)? = seen.handshake {
      handshake.versions = spoken
      seen.handshake = .value(handshake)
    }
  }

  private static func limit(_ target: ProbeTarget, _ course: Course) -> Duration {
    course.limit(NetworkLimits.response, target.settings.timeouts.responseHead.duration)
  }

  /// Where the endpoint showed certificates, or said no to what was offered.
  private static func versions(
    _ target: ProbeTarget, _ address: String, _ handshake: HandshakeSeen?, _ course: Course
  ) async -> [TLSVersionSeen] {
    guard let handshake else { return [] }
    let silent: [Cause] = [.tlsToPlaintextPort, .tlsHandshakeTimeout]
    if silent.contains(where: { $0.identifier == handshake.cause }) { return [] }
    let isAgreed = !handshake.tls.chain.isEmpty
    return await VersionsLook.look(
      target, at: address, withOld: !isAgreed, within: course.limit(NetworkLimits.version))
  }

  /// Where what came may be the answer of another protocol. Not where the endpoint speaks the configured one, badly or
  /// not: a certificate that is refused was shown in TLS, and a status was given in HTTP.
  private static func isOtherWayWorthATry(_ opening: ConfiguredOpening, _ responses: [ResponseSeen]) -> Bool {
    if let handshake = opening.handshake?.value, handshake.cause != nil { return handshake.tls.chain.isEmpty }
    guard let cause = responses.first?.cause else { return false }
    let odd: [Cause] = [
      .plaintextToTlsPort, .notHttp, .closedBeforeResponse, .resetBeforeResponse, .responseHeaderTimeout,
      .h2ProtocolViolation, .truncatedHeaders, .h2GoawayUnprocessed,
    ]
    return odd.contains { $0.identifier == cause }
  }

  private static func spokeHTTP2(_ target: ProbeTarget, _ handshake: HandshakeSeen?) -> Bool {
    if let handshake, let chosen = handshake.tls.protocolChosen { return chosen == "h2" }
    return target.settings.protocolChoice == .http2
  }
}

extension TimeSpan {
  var duration: Duration { .nanoseconds(nanoseconds) }
}
