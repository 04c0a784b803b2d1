internal import SluiceIncidents

/// One worker's counts of a route. Held by the generations that have the route, so that what ends late is counted where
/// it belongs.
final class RouteTally {
  var counts = RouteCounts()
}
