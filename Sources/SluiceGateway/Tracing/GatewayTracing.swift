internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// What one generation of the configuration says of traces. Only there where tracing is configured.
final class GatewayTracing: Sendable {
  let policy: TracePolicy
  /// Incidents are exported though they were not sampled.
  let exportsFailures: Bool
  let names: SpanNames

  init?(_ configuration: Configuration) {
    guard let tracing = configuration.tracing else { return nil }
    policy = TracePolicy(share: tracing.sample, untrusted: tracing.untrusted)
    exportsFailures = tracing.failures
    names = SpanNames(
      routes: configuration.routes.map { SpanNames.Route(name: $0.name, path: $0.pathPrefix) },
      upstreams: configuration.upstreams.map { upstream in
        SpanNames.Upstream(name: upstream.name, endpoints: upstream.endpoints.map(SpanNames.Endpoint.init))
      },
      // What the access log may not tell, a span may not either.
      query: configuration.accessLog?.query == .full ? .full : .names)
  }
}

extension SpanNames.Endpoint {
  fileprivate init(_ endpoint: EndpointConfiguration) {
    switch endpoint.target {
    case .tcp(let host, let port):
      self.init(url: endpoint.url, address: host, port: port, isSecure: endpoint.usesTLS)
    case .unix(let path):
      self.init(url: endpoint.url, address: path, port: 0, isSecure: endpoint.usesTLS)
    }
  }
}
