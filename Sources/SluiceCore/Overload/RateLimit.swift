/// How many requests a second somebody may send, and who that is.
public struct RateLimit: Hashable, Sendable {
  /// Whose requests share one bucket.
  public enum Key: Hashable, Sendable {
    /// The client's address; of IPv6 the first 64 bits, since one client has all addresses behind them (RFC 4291
    /// section 2.5.1).
    case client
    /// Lower case. Requests without the field share one bucket.
    case header(String)
    /// Requests without the cookie share one bucket.
    case cookie(String)
    /// The request's host without its port.
    case host
  }

  /// Requests.
  public var count: Int
  /// In which `count` requests may be sent, evenly spread.
  public var period: TimeSpan
  /// Requests that may come at once after a pause. At least 1.
  public var burst: Int
  public var key: Key

  public init(count: Int, period: TimeSpan, burst: Int, key: Key) {
    self.count = count
    self.period = period
    self.burst = burst
    self.key = key
  }

  /// Spans beyond this make no difference: it is a hundred years and more.
  private static let spanMax = Int64.max / 2

  /// Nanoseconds that earn one request, at least 1.
  var interval: Int64 { min(max(period.nanoseconds / Int64(max(count, 1)), 1), Self.spanMax) }

  /// Nanoseconds that earn a whole burst.
  var depth: Int64 {
    let (product, overflow) = interval.multipliedReportingOverflow(by: Int64(max(burst, 1)))
    return overflow ? Self.spanMax : min(product, Self.spanMax)
  }
}
