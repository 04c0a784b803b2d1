internal import SluiceConfiguration
internal import SluiceCore

/// One worker's view of a generation: the shared, immutable snapshot and the live state of its upstreams.
///
/// An exchange holds the one that it began with. Live state is kept by upstream name and endpoint, and outlives the
/// generation (DECISIONS 13): a reload drops only what disappeared.
final class WorkerSnapshot {
  let shared: GatewaySnapshot
  let upstreams: [UpstreamState]
  /// By index of the route plus one; the first is for exchanges without a route.
  var tallies: [RouteTally] = []

  init(_ shared: GatewaySnapshot, carryingOver old: WorkerSnapshot?, services: GatewayServices) {
    self.shared = shared
    var known: [String: UpstreamState] = [:]
    for upstream in old?.upstreams ?? [] { known[upstream.configuration.name] = upstream }
    upstreams = zip(shared.configuration.upstreams, shared.tls).map { configuration, tls in
      UpstreamState(configuration, tls: tls, carryingOver: known[configuration.name], services: services)
    }
  }

  /// Endpoints that no longer exist lose their idle connections; those in use end with their exchange.
  func retire(_ old: WorkerSnapshot) {
    let kept = Set(upstreams.flatMap { $0.endpoints.map(ObjectIdentifier.init) })
    for endpoint in old.upstreams.flatMap(\.endpoints) where !kept.contains(ObjectIdentifier(endpoint)) {
      endpoint.retire()
    }
  }

  func closeIdle() {
    for endpoint in upstreams.flatMap(\.endpoints) { endpoint.closeIdle() }
  }
}
