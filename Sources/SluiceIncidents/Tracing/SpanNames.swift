internal import SluiceCore

/// The names that a record's numbers stand for, as spans have them: one immutable value for each generation of the
/// configuration.
public struct SpanNames: Sendable {
  public struct Route: Sendable {
    let name: [UInt8]
    let path: [UInt8]

    /// - Parameter path: the prefix that it is for.
    public init(name: String, path: String) {
      self.name = SpanNames.cut(name)
      self.path = SpanNames.cut(path)
    }
  }

  public struct Endpoint: Sendable {
    let url: [UInt8]
    /// Host or path.
    let address: [UInt8]
    /// 0: a Unix socket.
    let port: UInt16
    let isSecure: Bool

    /// - Parameters:
    ///   - url: as configured.
    ///   - address: its host, or the path of its socket.
    ///   - port: 0 for a Unix socket.
    public init(url: String, address: String, port: UInt16, isSecure: Bool) {
      self.url = SpanNames.cut(url)
      self.address = SpanNames.cut(address)
      self.port = port
      self.isSecure = isSecure
    }
  }

  public struct Upstream: Sendable {
    let name: [UInt8]
    let endpoints: [Endpoint]

    public init(name: String, endpoints: [Endpoint]) {
      self.name = SpanNames.cut(name)
      self.endpoints = endpoints
    }
  }

  let routes: [Route]
  let upstreams: [Upstream]
  let query: QueryDetail

  /// - Parameter query: what a span tells of a query string.
  public init(routes: [Route] = [], upstreams: [Upstream] = [], query: QueryDetail = .names) {
    self.routes = routes
    self.upstreams = upstreams
    self.query = query
  }

  private static func cut(_ name: String) -> [UInt8] {
    name.utf8.count <= RecordNames.nameBytesMax
      ? Array(name.utf8) : Array(String(decoding: name.utf8.prefix(RecordNames.nameBytesMax), as: UTF8.self).utf8)
  }

  /// nil where the number names nothing, as `UInt16.max` does.
  func route(_ index: UInt16) -> Route? { Int(index) < routes.count ? routes[Int(index)] : nil }

  func upstream(_ index: UInt16) -> Upstream? { Int(index) < upstreams.count ? upstreams[Int(index)] : nil }

  func endpoint(_ id: EndpointID) -> Endpoint? {
    guard let upstream = upstream(id.upstream), Int(id.endpoint) < upstream.endpoints.count else { return nil }
    return upstream.endpoints[Int(id.endpoint)]
  }
}
