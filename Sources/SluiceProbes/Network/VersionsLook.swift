internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceGateway
internal import SluiceIncidents

/// Which versions of TLS an endpoint speaks: one handshake for each, all at the same time, nothing verified and nothing
/// asked.
enum VersionsLook {
  private static let versions: [(name: String, range: ClosedRange<UpstreamTLSConfiguration.Version>)] = [
    ("TLS 1.3", .tls13 ... .tls13), ("TLS 1.2", .tls12 ... .tls12), ("TLS 1.1 or older", .tls10 ... .tls11),
  ]

  /// - Parameter withOld: also those before 1.2, where the others were not agreed on.
  static func look(
    _ target: ProbeTarget, at address: String, withOld: Bool, within limit: Duration
  ) async -> [TLSVersionSeen] {
    await withTaskGroup(of: (Int, TLSVersionSeen).self) { group in
      for (index, version) in versions.prefix(withOld ? 3 : 2).enumerated() {
        group.addTask { (index, await look(version.name, version.range, target, address, limit)) }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private static func look(
    _ name: String, _ range: ClosedRange<UpstreamTLSConfiguration.Version>, _ target: ProbeTarget,
    _ address: String, _ limit: Duration
  ) async -> TLSVersionSeen {
    var seen = TLSVersionSeen(version: name, isSpoken: false)
    var settings = target.settings
    settings.tls.verify = .none
    guard case .value(let tls) = await DirectTLS.loaded(settings, versions: range) else {
      seen.reason = "TLS could not be set up"
      return seen
    }
    switch await ProbeConnection.open(address, target, tls: tls, speaksHTTP2: true, connect: limit, handshake: limit) {
    case .open(let connection, _):
      connection.close()
      seen.isSpoken = true
    case .insecure(let failure):
      let alert = failure.evidence.alert.map { "the alert \($0.name ?? "\($0.number)")" }
      seen.reason = alert ?? failure.evidence.reason ?? failure.cause.identifier
    case .refused(let errno): seen.reason = systemErrorName(errno).map { "\($0)" } ?? "the connection failed"
    case .late: seen.reason = "no connection in time"
    }
    return seen
  }
}
