internal import SluiceWire

/// One downstream request and its one final response.
///
/// # Overview
/// A value: `handle(event, at:)` gives the effects that the driver performs. It holds no byte, no channel and no clock,
/// so every exchange can be replayed, simulated and fuzzed.
///
/// # Responsibilities
/// The order of things (route, admit, pick, lease, send, receive, answer), when a failed attempt is followed by
/// another, which side is paused for the other, every deadline, and which cause a failure has.
///
/// # Why this way
/// The two bodies are relayed at the same time and end in any order, so each direction has a half of its own
/// (`RequestHalf`, and the payload of `Stage.relaying`), while `Stage` says how far the exchange as a whole has come.
/// An effect that is answered at once (`route`, `admit`, `pick`, `lease`, `askBudget`) is always the last of its list,
/// so that the driver may hand in the answer while it performs.
///
/// # Not handled here
/// Where bytes are, how a connection is made, which endpoint is best, and what goes into a record's phase times.
public struct Exchange: Sendable {
  enum Stage: Sendable, Equatable {
    /// → routing, responding
    case idle
    /// → admitting, responding
    case routing
    /// → waiting, picking, responding
    case admitting
    /// A request permit is waited for, behind this limit. → picking, responding, finished
    case waiting(AdmissionLimit)
    /// → leasing, pausing, responding
    case picking
    /// An attempt has failed, and the budget is asked for another. → picking, responding
    case retrying
    /// Before the endpoint that failed is asked again. → leasing, responding, finished
    case pausing
    /// A connection is asked for, waited for or being made. → awaiting, picking, responding, finished
    case leasing
    /// The request goes out or is out; no final head yet. → relaying, tunnelling, picking, retrying, responding,
    /// finished
    case awaiting(LeaseFacts)
    /// The final head went out, its body follows. → flushing, finished
    case relaying(ResponseRelay)
    /// Bytes pass both ways. → finished
    case tunnelling(TunnelHalves)
    /// All bytes were handed over, the client still has to take them. → finished
    case flushing(reuse: Bool)
    /// → no other.
    case finished
  }

  /// What the client still owes us.
  enum RequestHalf: Sendable, Equatable {
    /// The body, or the rest of it, is to come and is not asked for yet.
    case held
    case arriving
    case complete
    /// The response is on its way, and nothing more of the request is passed on: what still comes is dropped.
    case abandoned
  }

  struct ResponseRelay: Sendable, Equatable {
    var facts: ResponseFacts
    var framing: BodyFraming
    var keepsClient: Bool
    var lease: LeaseFacts
    /// Body bytes passed on.
    var count: UInt64 = 0
  }

  struct TunnelHalves: Sendable, Equatable {
    var downstreamEnded = false
    var upstreamEnded = false

    func hasEnded(_ side: Side) -> Bool {
      switch side {
      case .downstream: downstreamEnded
      case .upstream: upstreamEnded
      }
    }

    mutating func end(_ side: Side) {
      switch side {
      case .downstream: downstreamEnded = true
      case .upstream: upstreamEnded = true
      }
    }
  }

  var stage = Stage.idle
  var half = RequestHalf.complete
  var facts = RequestFacts(method: .get)
  var policy = ExchangePolicy()
  /// Whether the side's reading is paused because the other side is full.
  var isClientPaused = false
  var isUpstreamPaused = false
  /// The client takes no bytes for now, whether or not we have any.
  var isClientFull = false
  var holdsPermit = false
  var requestBodyCount: UInt64 = 0
  /// Every byte of the body that has arrived is kept for a replay.
  var isBodyKept = true

  /// Attempts begun.
  public internal(set) var attempts = 0
  /// What is waited for, and until when.
  public internal(set) var deadlines = Deadlines()
  /// The cause that the exchange ended with; nil: none so far.
  public internal(set) var cause: Cause?
  public internal(set) var notRetriedBecause: NotRetried?
  /// Where the exchange failed, else where it is.
  public internal(set) var phase = Phase.head
  public internal(set) var isAborted = false
  public internal(set) var isGenerated = false

  public init() {}

  public var isFinished: Bool { stage == .finished }
  public var isIdle: Bool { stage == .idle }
  /// Whether the whole request has arrived.
  public var hasWholeRequest: Bool { half == .complete }
  /// Whether what still comes of the request is dropped, because a response is on its way.
  public var dropsRequest: Bool { half == .abandoned }
  /// Whether the client's connection may carry another request after a generated response.
  public func mayKeepClient(afterWholeRequest isWhole: Bool) -> Bool { facts.keepsAlive && isWhole }

  /// Takes an event and answers with what is to be done.
  ///
  /// - Parameters:
  ///   - event: What happened. One that is impossible in the present stage ends the exchange as `proxy_bug`.
  ///   - at: When.
  public mutating func handle(_ event: ExchangeEvent, at: Instant) -> ExchangeEffects {
    switch event {
    case .requestArrived(let facts): requestArrived(facts)
    case .requestRefused(let cause): requestRefused(cause)
    case .headAbandoned: headAbandoned()
    case .requestBodyArrived(let count): requestBodyArrived(count, at)
    case .replayBodyLost: replayBodyLost()
    case .requestEnded: requestEnded(at)
    case .requestBodyRefused(let cause): requestBodyRefused(cause)
    case .clientGone: clientGone()
    case .clientFull: clientFull(at)
    case .clientReady: clientReady(at)

    case .routed(let policy): routed(policy, at)
    case .routedToAnswer: routedToAnswer()
    case .routingFailed(let cause): routingFailed(cause)
    case .admitted: admitted(at)
    case .admissionQueued(let limit): admissionQueued(behind: limit, at)
    case .admissionRefused(let cause): admissionRefused(cause)
    case .picked: picked()
    case .pickedAgain(let pause): pickedAgain(pause, at)
    case .replayGranted: replayGranted()
    case .replayRefused: replayRefused()
    case .pickFailed(let cause): pickFailed(cause)

    case .leaseQueued: leaseQueued(at)
    case .connecting: connecting()
    case .leased(let lease): leased(lease, at)
    case .leaseFailed(let cause): leaseFailed(cause)
    case .upstreamFull: upstreamFull(at)
    case .upstreamReady: upstreamReady(at)
    case .informationalArrived: informationalArrived(at)
    case .upgradeArrived: upgradeArrived(at)
    case .responseArrived(let facts): responseArrived(facts, at)
    case .responseBodyArrived(let count): responseBodyArrived(count, at)
    case .responseEnded: responseEnded(at)
    case .responseRefused(let cause): responseRefused(cause)
    case .upstreamEnded(let end, let bytes): upstreamEnded(end, bytes)

    case .tunnelBytesArrived(let side): tunnelBytesArrived(from: side, at)
    case .tunnelHalfEnded(let side): tunnelHalfEnded(side, at)

    case .deadlineCame(let clientTookBytes, let upstreamTookBytes):
      deadlineCame(at, clientTookBytes: clientTookBytes, upstreamTookBytes: upstreamTookBytes)
    case .bugFound: bugFound()
    }
  }

  /// Off only where a test looks at what a release does with an impossible event. Read on no other path.
  @TaskLocal static var trapsOnImpossible = true

  /// An event that this stage cannot see. Debug, test, simulation and fuzz builds trap; a release ends the exchange
  /// as `proxy_bug` and lives on.
  mutating func impossible(_ event: StaticString) -> ExchangeEffects {
    if Self.trapsOnImpossible { assertionFailure("\(event) in \(stage)") }
    return bugFound()
  }

  mutating func bugFound() -> ExchangeEffects {
    switch stage {
    case .finished: return ExchangeEffects()
    default: return fail(.proxyBug)
    }
  }
}
