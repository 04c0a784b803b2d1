internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// One generation of the configuration, compiled: immutable, shared by all workers, swapped whole.
final class GatewaySnapshot: Sendable {
  let generation: UInt64
  let configuration: Configuration
  let table: RouteTable
  let routes: [CompiledRoute]
  /// For each upstream; nil where none of its endpoints is https.
  let tls: [UpstreamTLS?]
  /// The only route, where every request matches it.
  let only: CompiledRoute?
  let names: RecordNames
  /// Texts that records may hold, unless the configuration calls their fields secret.
  let recordsUserAgent: Bool
  let recordsRequestID: Bool
  let recordsTraceParent: Bool
  /// Fields whose values are blanked in what is kept.
  let secrets: SecretFields
  /// Who may see internal detail.
  let detail: AddressSet
  /// Whose forwarding fields are believed.
  let proxies: AddressSet
  /// nil: tracing is off.
  let tracing: GatewayTracing?

  /// The route of a request whose path is the target's own, or the normalised one.
  func match(_ head: RequestHead, path: RawSpan, source: RawSpan) -> RouteDecision {
    table.match(head, path: path, source: source)
  }

  /// Endpoints that are names and have to be resolved.
  var endpointNames: Set<String> {
    var names: Set<String> = []
    for endpoint in configuration.upstreams.flatMap(\.endpoints) {
      if case .tcp(let host, _) = endpoint.target, EndpointAddress(host) == nil { names.insert(host) }
    }
    return names
  }

  /// - Throws: where a file of certificates that the configuration names cannot be used.
  init(
    _ configuration: Configuration, generation: UInt64, rateLimits: RateLimits
  ) throws(CertificateFileError) {
    tls = try UpstreamTLS.load(configuration.upstreams)
    self.generation = generation
    self.configuration = configuration
    table = RouteTable(routes: configuration.routes)
    routes = configuration.routes.map {
      CompiledRoute($0, upstreams: configuration.upstreams, rateLimits: rateLimits.gates(for: $0))
    }
    only = table.isCatchAll ? routes.first : nil
    names = RecordNames(
      listeners: configuration.listeners.map {
        RecordNames.Listener(name: $0.address.description, scheme: $0.tls == nil ? "http" : "https")
      },
      routes: configuration.routes.map(\.name),
      upstreams: configuration.upstreams.map { upstream in
        RecordNames.Upstream(name: upstream.name, endpoints: upstream.endpoints.map(\.url))
      })
    recordsUserAgent = !configuration.secretFields.contains("user-agent")
    recordsRequestID = !configuration.secretFields.contains("x-request-id")
    recordsTraceParent = !configuration.secretFields.contains("traceparent")
    secrets = SecretFields(configured: configuration.secretFields)
    detail = configuration.trusted.detail
    proxies = configuration.trusted.proxies
    tracing = GatewayTracing(configuration)
  }
}
