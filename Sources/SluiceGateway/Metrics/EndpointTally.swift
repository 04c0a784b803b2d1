internal import SluiceIncidents

/// One worker's counts of an endpoint.
final class EndpointTally {
  var counts = EndpointCounts()
}
