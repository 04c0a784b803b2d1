/// How an endpoint stands: whether it is given requests.
public enum Standing: Hashable, Sendable {
  case healthy
  /// It came back and gets a share that grows until then.
  case returning(until: Instant)
  /// Left out because it failed. From then on one probe at a time may end it.
  case ejected(until: Instant)
  /// Active checks fail; only they can end it.
  case unhealthy
  /// The operator's wish: no new requests, those under way end.
  case draining

  public var identifier: String {
    switch self {
    case .healthy: "healthy"
    case .returning: "returning"
    case .ejected: "ejected"
    case .unhealthy: "unhealthy"
    case .draining: "draining"
    }
  }

  /// Whether it is given requests.
  public var isAvailable: Bool {
    switch self {
    case .healthy, .returning: true
    case .ejected, .unhealthy, .draining: false
    }
  }
}
