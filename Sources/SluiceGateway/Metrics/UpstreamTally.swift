internal import SluiceIncidents

/// One worker's counts of an upstream.
final class UpstreamTally {
  var counts = UpstreamCounts()
}
