import SluiceCore
import Testing

@Suite struct TracePolicyTests {
  private static let parent = TraceParent(trace: TraceID(high: 7, low: 0), span: 9, flags: .sampled)
  /// The last seven bytes of its ID are the greatest that there are: every share samples it.
  private static let lucky = TraceID(high: 1, low: 0x00FF_FFFF_FFFF_FFFF)

  private func context(
    _ parent: TraceParent?, isTrusted: Bool, share: Double, untrusted: TracePolicy.Untrusted = .goesOn,
    fresh: TraceID = lucky, chance: UInt64 = 0
  ) -> TraceContext {
    TracePolicy(share: share, untrusted: untrusted)
      .context(of: parent, isTrusted: isTrusted, fresh: fresh, span: 5, chance: chance)
  }

  @Test(arguments: [0, 0.0001, 0.01, 0.1, 0.5, 0.999, 1])
  func theShareIsKept(share: Double) {
    let policy = TracePolicy(share: share, untrusted: .goesOn)
    var random = SplitMix64(seed: 42)
    let count = 200_000
    var sampled = 0
    for _ in 0..<count {
      let fresh = TraceID(high: random.next(), low: random.next())
      if policy.context(of: nil, isTrusted: false, fresh: fresh, span: 1, chance: 0).isSampled { sampled += 1 }
    }
    let expected = Double(count) * share
    let deviation = (expected * (1 - share)).squareRoot()
    #expect(abs(Double(sampled) - expected) <= 4 * deviation)
  }

  @Test func allAndNoneAreExact() {
    for low in [0, 1, .max, 1 << 55, (1 << 56) - 1] as [UInt64] {
      let fresh = TraceID(high: 1, low: low)
      #expect(context(nil, isTrusted: true, share: 1, fresh: fresh).isSampled)
      #expect(!context(nil, isTrusted: true, share: 0, fresh: fresh).isSampled)
    }
  }

  /// Others that compare the same bytes keep the same traces.
  @Test func theTracesOwnBytesDecide() {
    let half = TracePolicy(share: 0.5, untrusted: .goesOn)
    func samples(_ low: UInt64) -> Bool {
      half.context(of: nil, isTrusted: false, fresh: TraceID(high: 0, low: low), span: 1, chance: 0).isSampled
    }
    #expect(samples(1 << 55) && samples(0xFF << 56 | 1 << 55))
    #expect(!samples((1 << 55) - 1) && !samples(0xFF << 56))
  }

  @Test func aNewTraceBeginsWithoutAParent() {
    let context = context(nil, isTrusted: false, share: 0.01)
    #expect(context.trace == Self.lucky && context.span == 5 && context.parent == 0 && !context.continues)
    #expect(context.flags == [.sampled, .random])
  }

  @Test(arguments: [true, false])
  func aTrustedProxysDecisionIsKept(isSampled: Bool) {
    var parent = Self.parent
    parent.flags = isSampled ? [.sampled, .random] : []
    for share in [0, 0.5, 1] {
      let context = context(parent, isTrusted: true, share: share, chance: .max)
      #expect(context.trace == parent.trace && context.parent == 9 && context.continues)
      #expect(context.flags == parent.flags)
    }
  }

  /// Its IDs are kept; but a client that chooses them, and the flag, does not choose what is exported.
  @Test func aStrangersFlagAndIDsDoNotDecide() {
    var parent = Self.parent
    parent.trace.low = Self.lucky.low
    #expect(!context(parent, isTrusted: false, share: 0.5, chance: 0).isSampled)
    parent.trace.low = 0
    parent.flags = [.random]
    let sampled = context(parent, isTrusted: false, share: 0.5, chance: .max)
    #expect(sampled.trace == parent.trace && sampled.parent == 9 && sampled.flags == [.sampled, .random])
  }

  @Test func aStrangersTraceCanBeLeft() {
    let context = context(Self.parent, isTrusted: false, share: 1, untrusted: .restarts)
    #expect(context.trace == Self.lucky && !context.continues)
    let trusted = self.context(Self.parent, isTrusted: true, share: 1, untrusted: .restarts)
    #expect(trusted.trace == Self.parent.trace && trusted.continues)
  }

  @Test func noIDIsZero() {
    let context = TracePolicy(share: 0, untrusted: .goesOn)
      .context(of: nil, isTrusted: false, fresh: .none, span: 0, chance: 0)
    #expect(!context.isNone && context.span != 0)
  }

  @Test func eachAttemptHasASpanOfItsOwn() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      let span = random.next()
      let context = TraceContext(trace: Self.lucky, span: span, parent: 0, flags: .sampled)
      let spans = Set((0..<16).map { context.span(ofAttempt: $0) } + [span, 0])
      #expect(spans.count == 18)
    }
    let context = TraceContext(trace: Self.lucky, span: 5, parent: 3, flags: .sampled)
    #expect(
      context.traceParent(ofAttempt: 2)
        == TraceParent(trace: Self.lucky, span: context.span(ofAttempt: 2), flags: .sampled))
  }
}
