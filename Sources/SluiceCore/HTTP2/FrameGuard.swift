public import SluiceWire

/// Bounds what a peer can make us do with frames that move no content (RFC 9113 section 10.5).
///
/// Each kind has an allowance of its own, with room for what good peers do: browsers cancel pages full of streams, gRPC
/// sends PINGs to measure a path while content flows, and each DATA frame of ours may be answered by two
/// WINDOW_UPDATEs.
public struct FrameGuard: Sendable, Equatable {
  /// Streams that the peer gave up.
  private var resets = FrameAllowance(capacity: 500, perSecond: 100)
  private var settings = FrameAllowance(capacity: 50, perSecond: 5)
  private var pings = FrameAllowance(capacity: 500, perSecond: 50)
  /// DATA without content that ends nothing.
  private var emptyData = FrameAllowance(capacity: 100, perSecond: 10)
  /// WINDOW_UPDATE, PRIORITY and what we do not know.
  private var others = FrameAllowance(capacity: 2000, perSecond: 1000)
  /// Streams that were refused, or ended for a fault.
  private var faults = FrameAllowance(capacity: 200, perSecond: 20)

  /// Content that earns a peer the right to frames about it, in bytes.
  public static let earningContentMin = 512

  public init() {}

  public mutating func tookReset(at now: Instant) -> HTTP2Rule? { resets.take(at: now) ? nil : .resetFlood }
  public mutating func tookSettings(at now: Instant) -> HTTP2Rule? { settings.take(at: now) ? nil : .settingsFlood }
  public mutating func tookPing(at now: Instant) -> HTTP2Rule? { pings.take(at: now) ? nil : .pingFlood }
  public mutating func tookEmptyData(at now: Instant) -> HTTP2Rule? { emptyData.take(at: now) ? nil : .emptyDataFlood }
  public mutating func tookOther(at now: Instant) -> HTTP2Rule? { others.take(at: now) ? nil : .frameFlood }
  public mutating func tookFault(at now: Instant) -> HTTP2Rule? { faults.take(at: now) ? nil : .faultFlood }

  /// We sent content, or a whole message: the peer may answer.
  public mutating func sent(content count: Int, endsStream: Bool) {
    guard endsStream || count >= Self.earningContentMin else { return }
    others.earn(4)
    pings.earn(1)
  }
}
