/// What is to be done: one effect is one thing, imperative. The driver performs effects in order and decides nothing.
///
/// An effect is two bytes, so that a list of them is returned in registers: what is larger is asked of the machine.
public enum ExchangeEffect: Sendable, Equatable {
  /// Answered by `routed`, `routedToAnswer` or `routingFailed`.
  case route
  /// Take a request permit: answered by `admitted`, `admissionQueued` or `admissionRefused`.
  case admit
  case leaveQueue
  case releasePermit
  /// Answered by `picked`, `pickedAgain` or `pickFailed`.
  case pick
  /// Take a token for a replay: answered by `replayGranted` or `replayRefused`.
  case askBudget
  /// Answered by `leased`, `leaseQueued`, `connecting` or `leaseFailed`.
  case lease

  case sendRequestHead
  /// Deliver the body from now on.
  case startRequestBody
  case forwardRequestBody
  /// Send what was kept of the body.
  case replayRequestBody
  /// Deliver no more of the body for now.
  case holdRequestBody
  case finishRequest
  case pauseClient, resumeClient

  case forwardInformational
  /// The machine's `forwardedHead` says how.
  case forwardResponseHead
  case forwardResponseBody
  case finishResponse
  case pauseUpstream, resumeUpstream

  case startTunnel
  case forwardTunnelBytes(from: Side)
  /// Pass a FIN on to this side.
  case halfClose(Side)

  /// Answer in the gateway's own name.
  case respond(Cause)
  /// Answer as the route says.
  case answer
  /// Cut the message so that it cannot be taken for whole; `reset` where the message has no declared end.
  case abort(reset: Bool)

  /// The attempt is over: nil where it succeeded.
  case endAttempt(Cause?)
  /// Back to the pool.
  case releaseUpstream
  case closeUpstream
  /// Let the connection read its next request, or end it.
  case finishClient(reuse: Bool)
  /// Exactly once for each exchange.
  case record
}

/// A fixed-size list of effects that lives in registers and on the stack.
@frozen
public struct ExchangeEffects: Sendable {
  /// More effects than any transition has; asserted by `append`.
  public static let capacity = 8

  @usableFromInline
  var storage: InlineArray<8, ExchangeEffect>
  public private(set) var count: Int

  public init() {
    storage = InlineArray(repeating: .record)
    count = 0
  }

  public init(_ first: ExchangeEffect) {
    storage = InlineArray(repeating: first)
    count = 1
  }

  public init(_ first: ExchangeEffect, _ second: ExchangeEffect) {
    self.init(first)
    append(second)
  }

  public init(_ first: ExchangeEffect, _ second: ExchangeEffect, _ third: ExchangeEffect) {
    self.init(first, second)
    append(third)
  }

  public mutating func append(_ effect: ExchangeEffect) {
    precondition(count < Self.capacity, "a transition has more than \(Self.capacity) effects")
    storage[count] = effect
    count += 1
  }

  @inlinable
  public subscript(index: Int) -> ExchangeEffect { storage[index] }

  /// For tests and records; allocates.
  public var list: [ExchangeEffect] { (0..<count).map { storage[$0] } }
}
