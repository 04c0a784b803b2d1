/// Which route a request takes and why, or which came nearest.
public enum RouteDecision: Hashable, Sendable {
  /// Index into the table's routes.
  case matched(Int, RouteReason)
  case none(RouteMiss)

  /// nil where none matched.
  public var index: Int? {
    switch self {
    case .matched(let index, _): index
    case .none: nil
    }
  }
}

/// Why this route and no other.
public struct RouteReason: Hashable, Sendable {
  public enum Host: UInt8, Hashable, Sendable {
    case any, wildcard, exact
  }

  public var host: Host
  /// Bytes of the path prefix that matched; 1 for `/`.
  public var prefixLength: Int
  /// Conditions (methods, headers, query parameters) that the route has and the request met.
  public var conditions: Int

  public init(host: Host, prefixLength: Int, conditions: Int) {
    self.host = host
    self.prefixLength = prefixLength
    self.conditions = conditions
  }

  /// The only route there is, for everything.
  static let everything = RouteReason(host: .any, prefixLength: 1, conditions: 0)
}

/// What the request that no route took lacked, the nearest first: the routes with an index failed there and nowhere
/// else before it.
public enum RouteMiss: Hashable, Sendable {
  /// All but the method fits this route and perhaps others: 405 with `RouteTable.allowedMethods`.
  case method(nearest: Int)
  case query(nearest: Int)
  case header(nearest: Int)
  /// The host has routes, but none for this path.
  case path
  case host
  /// There are no routes.
  case empty

  public var cause: Cause {
    switch self {
    case .method: .methodNotAllowed
    case .query, .header, .path, .host, .empty: .routeNotFound
    }
  }

  private var nearness: Int {
    switch self {
    case .method: 5
    case .query: 4
    case .header: 3
    case .path: 2
    case .host: 1
    case .empty: 0
    }
  }

  /// The nearer of two misses; of two that are equally near the one that was seen first.
  func nearer(_ other: RouteMiss) -> RouteMiss { other.nearness > nearness ? other : self }
}
