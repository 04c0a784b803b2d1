/// Decides what trace an exchange belongs to, and whether it is sampled. Random numbers are arguments.
///
/// # Why this way
/// Of an exchange that begins a trace, the last seven bytes of the trace's ID decide: they are random (level 2 of Trace
/// Context), and a comparison that other makes do too gives the same traces to all of them. Whoever sends the
/// trace's ID could choose one that is always sampled; so for a client that is not believed a number of our own
/// decides. Its IDs are kept all the same, since a wrong ID harms nobody but its sender. A proxy that is believed
/// decides for us: a trace in which a span is missing explains nothing.
public struct TracePolicy: Hashable, Sendable {
  /// What becomes of the trace of a client that is not among the trusted proxies.
  public enum Untrusted: UInt8, Hashable, Sendable {
    /// Its trace goes on; whether it is sampled is decided here.
    case goesOn
    /// A new trace begins.
    case restarts
  }

  public let untrusted: Untrusted
  /// What the last seven bytes must reach: 0 samples all, 2^56 none.
  let threshold: UInt64

  static let randomBits: UInt64 = 1 << 56

  /// - Parameter share: of the traces that are sampled, 0...1.
  public init(share: Double, untrusted: Untrusted) {
    self.untrusted = untrusted
    let rejected = (1 - min(max(share, 0), 1)) * Double(Self.randomBits)
    threshold = min(UInt64(rejected.rounded()), Self.randomBits)
  }

  func samples(_ random: UInt64) -> Bool { random & (Self.randomBits - 1) >= threshold }

  /// - Parameters:
  ///   - parent: what the client's only `traceparent` said; nil: it sent none, an invalid one or several.
  ///   - isTrusted: whether the client is a trusted proxy.
  ///   - fresh: 128 random bits, the ID of a trace that begins here.
  ///   - span: 64 random bits, the ID of the exchange's span.
  ///   - chance: 64 random bits that no client has chosen.
  public func context(
    of parent: TraceParent?, isTrusted: Bool, fresh: TraceID, span: UInt64, chance: UInt64
  ) -> TraceContext {
    let span = max(span, 1)
    guard let parent, isTrusted || untrusted == .goesOn else {
      let trace = fresh.isNone ? TraceID(high: 0, low: 1) : fresh
      var flags = TraceFlags.random
      if samples(trace.low) { flags.insert(.sampled) }
      return TraceContext(trace: trace, span: span, parent: 0, flags: flags)
    }
    var flags = parent.flags
    if !isTrusted {
      flags.remove(.sampled)
      if samples(chance) { flags.insert(.sampled) }
    }
    return TraceContext(trace: parent.trace, span: span, parent: parent.span, flags: flags)
  }
}
