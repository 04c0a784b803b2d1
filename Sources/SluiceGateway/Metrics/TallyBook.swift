internal import SluiceIncidents

/// One worker's counts for the metrics, by name.
struct TallyBook {
  private(set) var routes = TallyShelf(countMax: MetricsLimits.routesMax, other: RouteName.other) { RouteTally() }
  private(set) var upstreams = TallyShelf(countMax: MetricsLimits.upstreamsMax, other: MetricsLimits.other) {
    UpstreamTally()
  }
  private(set) var endpoints = TallyShelf(countMax: MetricsLimits.endpointsMax, other: EndpointName.other) {
    EndpointTally()
  }

  /// Gives the routes, upstreams and endpoints of a generation their tallies.
  mutating func adopt(_ snapshot: WorkerSnapshot) {
    let configuration = snapshot.shared.configuration
    let names = configuration.routes.map { route in
      if case .upstream(let index) = route.action {
        return RouteName(route: route.name, upstream: configuration.upstreams[Int(index)].name)
      }
      return RouteName(route: route.name, upstream: "")
    }
    snapshot.tallies = routes.adopt([.none] + names)
    let tallies = upstreams.adopt(configuration.upstreams.map { MetricsLimits.label($0.name) })
    for (state, tally) in zip(snapshot.upstreams, tallies) { state.tally = tally }
    let places = configuration.upstreams.flatMap { upstream in
      upstream.endpoints.map { EndpointName(upstream: upstream.name, endpoint: $0.url) }
    }
    for (state, tally) in zip(snapshot.upstreams.flatMap(\.endpoints), endpoints.adopt(places)) { state.tally = tally }
  }
}
