/// The flags of `traceparent`. Others are not passed on (W3C Trace Context 3.2.2.5: they must be zero).
public struct TraceFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Whoever sent it may have recorded its span.
  public static let sampled = TraceFlags(rawValue: 1)
  /// Level 2: the last seven bytes of the trace's ID are random.
  public static let random = TraceFlags(rawValue: 2)

  static let known: TraceFlags = [.sampled, .random]
}
