/// A route and where it leads, as labels show them.
public struct RouteName: Hashable, Sendable, Comparable {
  public var route: String
  /// Empty: it is answered by the gateway.
  public var upstream: String

  public init(route: String, upstream: String) {
    self.route = MetricsLimits.label(route)
    self.upstream = MetricsLimits.label(upstream)
  }

  public static let none = RouteName(route: MetricsLimits.none, upstream: "")
  public static let other = RouteName(route: MetricsLimits.other, upstream: MetricsLimits.other)

  public static func < (left: RouteName, right: RouteName) -> Bool {
    (left.route, left.upstream) < (right.route, right.upstream)
  }
}
