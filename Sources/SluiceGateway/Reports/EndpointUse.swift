/// What one worker has going on at one endpoint.
struct EndpointUse: Sendable, Equatable {
  var upstream: String
  /// In the upstream's order.
  var index: Int
  /// As configured, so that counts of another generation are told apart.
  var url: String
  var requests = 0
  /// Being made, leased and idle.
  var connections = 0
  var idle = 0
}

extension Worker {
  var endpointUses: [EndpointUse] {
    snapshot.upstreams.flatMap { upstream in
      upstream.endpoints.enumerated().map { index, endpoint in
        EndpointUse(
          upstream: upstream.configuration.name, index: index, url: endpoint.url,
          requests: upstream.balancer.inProgress(index), connections: endpoint.pool.count,
          idle: endpoint.pool.idleCount)
      }
    }
  }
}
