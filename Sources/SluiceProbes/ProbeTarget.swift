public import SluiceConfiguration
public import SluiceIncidents

/// An endpoint to look at, and everything that the gateway would use on its way there.
public struct ProbeTarget: Sendable {
  /// As examinations show it: without values of the query.
  public var target: ExaminationTarget
  public var endpoint: EndpointConfiguration
  /// Protocol, TLS, timeouts, check and log. Of a URL: the gateway's defaults.
  public var settings: UpstreamConfiguration
  public var resolver: ResolverConfiguration
  /// Path and query that are asked for, as they are sent.
  public var path: String
  /// The `Host` that is sent.
  public var host: String
  /// Where the gateway itself listens, so that a loop is seen.
  public var listeners: [ListenAddress]
  /// The gateway's mark in `Via` and `Proxy-Status`; nil: not known.
  public var installation: String?
  /// Fields whose values are never kept.
  public var secrets = SecretFields()

  /// The application's own log; nil: none is configured.
  public var log: LogSource? { settings.log }

  private init(
    _ endpoint: EndpointConfiguration, of upstream: UpstreamConfiguration, isConfigured: Bool,
    path: String, host: String?, resolver: ResolverConfiguration, listeners: [ListenAddress], installation: String?
  ) {
    self.endpoint = endpoint
    settings = upstream
    self.resolver = resolver
    self.path = path
    self.host = host ?? Self.authority(of: endpoint)
    self.listeners = listeners
    self.installation = installation
    target = ExaminationTarget(
      endpoint: endpoint.url, upstream: isConfigured ? upstream.name : nil, isTLS: endpoint.usesTLS, host: nil,
      port: nil, socketPath: nil, path: Self.withoutValues(path))
    switch endpoint.target {
    case .tcp(let host, let port):
      target.host = host
      target.port = port
    case .unix(let path): target.socketPath = path
    }
  }
}

// MARK: A URL

extension ProbeTarget {
  /// What a person typed: `http://host[:port][/path]`, `https://…`, `host:port` (plain HTTP) or `unix:/path`.
  ///
  /// A fragment is left out, as in every request. Everything else is as the gateway has it by default.
  public init(url text: String) throws(ProbeTargetError) {
    let parts = try URLParts(text)
    let loaded = ConfigurationLoader.quick(listen: "127.0.0.1:0", to: [parts.endpoint], workers: nil)
    guard let configuration = loaded.configuration, let upstream = configuration.upstreams.first,
      let endpoint = upstream.endpoints.first
    else {
      let first = loaded.errors.first
      throw ProbeTargetError(
        what: first?.what ?? "\(parts.endpoint) is no endpoint",
        suggestion: first?.suggestion.map { $0 + (parts.path == "/" ? "" : parts.path) })
    }
    self.init(
      endpoint, of: upstream, isConfigured: false, path: parts.path, host: nil, resolver: configuration.resolver,
      listeners: [], installation: nil)
  }
}

// MARK: A configured upstream

extension ProbeTarget {
  /// One for each endpoint of an upstream, in their order.
  ///
  /// - Parameter installation: The gateway's name, where the configuration has none.
  public static func targets(
    of upstream: UpstreamConfiguration, in configuration: Configuration, installation: String? = nil
  ) -> [ProbeTarget] {
    upstream.endpoints.map { endpoint in
      var target = ProbeTarget(
        endpoint, of: upstream, isConfigured: true, path: "/", host: host(to: upstream, in: configuration),
        resolver: configuration.resolver, listeners: configuration.listeners.map(\.address),
        installation: configuration.name ?? installation)
      target.secrets = SecretFields(configured: configuration.secretFields)
      return target
    }
  }

  /// What the first route to the upstream makes of `Host`; nil: the endpoint's own, also where clients decide.
  private static func host(to upstream: UpstreamConfiguration, in configuration: Configuration) -> String? {
    let index = configuration.upstreams.firstIndex { $0.name == upstream.name }
    let route = configuration.routes.first { route in
      if case .upstream(let number) = route.action { Int(number) == index } else { false }
    }
    guard let route else { return nil }
    switch (route.hostRewrite, route.host) {
    case (.value(let host), _), (.keep, .exact(let host)): return host
    case (.upstream, _), (.keep, .any), (.keep, .wildcard): return nil
    }
  }

  /// Host and port as they stand in `Host`: without the port of the scheme.
  private static func authority(of endpoint: EndpointConfiguration) -> String {
    switch endpoint.target {
    case .unix: return "localhost"
    case .tcp(let host, let port):
      let name = host.contains(":") ? "[\(host)]" : host
      return port == (endpoint.usesTLS ? 443 : 80) ? name : "\(name):\(port)"
    }
  }

  /// Values of a query may be secrets, and examinations are kept.
  static func withoutValues(_ path: String) -> String {
    guard let question = path.firstIndex(of: "?") else { return path }
    let pairs = path[path.index(after: question)...].split(separator: "&", omittingEmptySubsequences: false)
    let names = pairs.map { pair in
      pair.firstIndex(of: "=").map { pair[...$0] + (pair.index(after: $0) == pair.endIndex ? "" : "*") } ?? pair
    }
    return path[...question] + names.joined(separator: "&")
  }
}
