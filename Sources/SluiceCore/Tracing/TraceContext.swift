/// The place of one exchange in its trace.
public struct TraceContext: Hashable, Sendable {
  public var trace: TraceID
  /// The exchange's own span.
  public var span: UInt64
  /// The client's span; 0: the trace begins here.
  public var parent: UInt64
  public var flags: TraceFlags

  public init(trace: TraceID, span: UInt64, parent: UInt64, flags: TraceFlags) {
    self.trace = trace
    self.span = span
    self.parent = parent
    self.flags = flags
  }

  /// The exchange takes part in no trace.
  public static let none = TraceContext(trace: .none, span: 0, parent: 0, flags: [])

  public var isNone: Bool { trace.isNone }

  public var isSampled: Bool { flags.contains(.sampled) }

  /// The client's trace goes on, and with it what its `tracestate` says.
  public var continues: Bool { parent != 0 }

  /// The span of an attempt. It follows from the exchange's own, so that nothing has to be kept for each.
  ///
  /// - Parameter number: from 0 on.
  public func span(ofAttempt number: Int) -> UInt64 {
    max(SplitMix64.mixed(span &+ UInt64(truncatingIfNeeded: number + 1) &* 0x9E37_79B9_7F4A_7C15), 1)
  }

  /// What an attempt's request says to the endpoint.
  public func traceParent(ofAttempt number: Int) -> TraceParent {
    TraceParent(trace: trace, span: span(ofAttempt: number), flags: flags)
  }
}
