/// Requests that access logs tell, counted in slots of time: what failures are compared with.
///
/// Every request counts here, the ones that failed too. Bounds: `namesMax` upstreams and endpoints, the rest under
/// `others`; `slotsMax` slots and `countsMax` counts, beyond which slots are twice as long.
public struct TrafficTally: Equatable, Sendable {
  public struct Key: Hashable, Sendable {
    /// Unix time in seconds at which the slot begins, by `slotSeconds`; nil: the line told no time.
    public var slot: Int64?
    public var product: LogProduct
    public var upstream: String?
    public var endpoint: String?

    public init(slot: Int64?, product: LogProduct, upstream: String?, endpoint: String?) {
      self.slot = slot
      self.product = product
      self.upstream = upstream
      self.endpoint = endpoint
    }
  }

  public struct Count: Equatable, Sendable {
    public var requests = 0
    /// Of them, answered with 500 to 599 or not at all.
    public var failed = 0

    public init(requests: Int = 0, failed: Int = 0) {
      self.requests = requests
      self.failed = failed
    }
  }

  public static let namesMax = 1024
  public static let slotsMax = 4096
  public static let countsMax = 65_536
  public static let others = "(others)"

  public internal(set) var slotSeconds: Int64 = 10
  public internal(set) var counts: [Key: Count] = [:]
  /// Status to requests; 0: none was sent.
  public internal(set) var statuses: [UInt16: Int] = [:]
  public internal(set) var requests = 0

  public init() {}
}
