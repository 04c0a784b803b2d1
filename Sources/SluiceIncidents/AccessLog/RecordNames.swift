/// The names that a record's numbers stand for: one immutable value for each generation of the configuration.
///
/// Names are kept as JSON texts, escaped once when the generation is made and cut at `nameBytesMax`.
public struct RecordNames: Sendable {
  /// Bytes of one name in a line; a longer one is cut.
  public static let nameBytesMax = 256

  public struct Listener: Sendable {
    public var name: String
    public var scheme: String

    /// - Parameters:
    ///   - name: The address as configured.
    ///   - scheme: `http` or `https`.
    public init(name: String, scheme: String) {
      self.name = name
      self.scheme = scheme
    }
  }

  public struct Upstream: Sendable {
    public var name: String
    /// Endpoints as configured, in the order of their index.
    public var endpoints: [String]

    public init(name: String, endpoints: [String]) {
      self.name = name
      self.endpoints = endpoints
    }
  }

  let listeners: [[UInt8]]
  let schemes: [[UInt8]]
  let routes: [[UInt8]]
  let upstreams: [[UInt8]]
  let endpoints: [[[UInt8]]]
  /// Bytes of the longest of all.
  let longest: Int

  public init(listeners: [Listener] = [], routes: [String] = [], upstreams: [Upstream] = []) {
    self.listeners = listeners.map { Self.escaped($0.name) }
    schemes = listeners.map { Self.escaped($0.scheme) }
    self.routes = routes.map(Self.escaped)
    self.upstreams = upstreams.map { Self.escaped($0.name) }
    endpoints = upstreams.map { $0.endpoints.map(Self.escaped) }
    let all = [self.listeners, schemes, self.routes, self.upstreams] + endpoints
    longest = all.joined().map(\.count).max() ?? 0
  }

  private static func escaped(_ name: String) -> [UInt8] {
    let bytes = Array(name.utf8)
    return Array(capacity: jsonExpansionMax * (nameBytesMax + 1)) { output in
      output.write(json: bytes, limit: nameBytesMax)
    }
  }

  /// nil where the number names nothing, as `UInt16.max` does.
  static func name(_ index: UInt16, of names: [[UInt8]]) -> [UInt8]? {
    Int(index) < names.count ? names[Int(index)] : nil
  }

  func endpoint(_ upstream: UInt16, _ endpoint: UInt16) -> [UInt8]? {
    Int(upstream) < endpoints.count ? Self.name(endpoint, of: endpoints[Int(upstream)]) : nil
  }
}
