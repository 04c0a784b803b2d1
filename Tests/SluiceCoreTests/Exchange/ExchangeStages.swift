internal import SluiceWire

@testable internal import SluiceCore

/// Machines driven into each stage that there is, and into the variants of a stage that answer differently.
enum ExchangeStages {
  static let start = Instant(nanoseconds: 1_000_000_000)
  static let get = RequestFacts(method: .get, wantsUpgrade: true)
  static let post = RequestFacts(method: .post, framing: .chunked)
  static let put = RequestFacts(method: .put, framing: .chunked)
  static let policy: ExchangePolicy = {
    var policy = ExchangePolicy()
    policy.attempts = 2
    policy.replayBodyLimit = 100
    policy.requestBodyLimit = 1000
    policy.responseBodyLimit = 5000
    return policy
  }()

  private static let toLease: [ExchangeEvent] = [.routed(policy), .admitted, .picked]
  private static let fresh = ExchangeEvent.leased(LeaseFacts(uses: 0))
  private static let head = ExchangeEvent.responseArrived(ResponseFacts(status: 200, framing: .length(4000)))
  private static let open = ExchangeEvent.responseArrived(
    ResponseFacts(status: 200, framing: .untilClose, keepsAlive: false))

  /// Name and the events that lead there.
  static let all: [(name: String, events: [ExchangeEvent])] = [
    ("idle", []),
    ("routing", [.requestArrived(get)]),
    ("admitting", [.requestArrived(get), .routed(policy)]),
    ("waiting", [.requestArrived(get), .routed(policy), .admissionQueued(.configured)]),
    ("waitingAdaptive", [.requestArrived(get), .routed(policy), .admissionQueued(.adaptive)]),
    ("picking", [.requestArrived(get), .routed(policy), .admitted]),
    ("pickingAgain", [.requestArrived(get)] + toLease + [.leaseFailed(.connectRefused)]),
    ("retrying", [.requestArrived(get)] + toLease + [fresh, .upstreamEnded(.closed, bytes: 0)]),
    ("pausing", [.requestArrived(get)] + toLease + [.leaseFailed(.connectRefused), .pickedAgain(after: .seconds(2))]),
    ("leasing", [.requestArrived(get)] + toLease),
    (
      "leasingUpload",
      [.requestArrived(put)] + toLease + [fresh, .requestBodyArrived(count: 10), .upstreamFull]
        + [.upstreamEnded(.reset, bytes: 0), .replayGranted, .picked]
    ),
    (
      "leasingWholeUpload",
      [.requestArrived(put)] + toLease + [fresh, .requestBodyArrived(count: 10), .requestEnded]
        + [.upstreamEnded(.reset, bytes: 0), .replayGranted, .picked]
    ),
    ("leasingQueued", [.requestArrived(get)] + toLease + [.leaseQueued]),
    ("leasingLast", [.requestArrived(get)] + toLease + [.leaseFailed(.connectRefused), .picked]),
    ("awaiting", [.requestArrived(get)] + toLease + [fresh]),
    ("awaitingReused", [.requestArrived(get)] + toLease + [.leased(LeaseFacts(uses: 4))]),
    ("awaitingBody", [.requestArrived(post)] + toLease + [fresh]),
    ("awaitingUpload", [.requestArrived(put)] + toLease + [fresh, .requestBodyArrived(count: 10)]),
    ("awaitingLongUpload", [.requestArrived(put)] + toLease + [fresh, .requestBodyArrived(count: 101)]),
    ("awaitingPaused", [.requestArrived(post)] + toLease + [fresh, .upstreamFull]),
    ("awaitingFull", [.requestArrived(get)] + toLease + [fresh, .clientFull]),
    ("relaying", [.requestArrived(get)] + toLease + [fresh, head]),
    ("relayingUpload", [.requestArrived(post)] + toLease + [fresh, head]),
    (
      "relayingAbandoned",
      [.requestArrived(post)] + toLease + [fresh, head, .requestBodyArrived(count: 1001)]
    ),
    ("relayingPaused", [.requestArrived(get)] + toLease + [fresh, head, .clientFull]),
    ("relayingUntilClose", [.requestArrived(get)] + toLease + [fresh, open]),
    (
      "relayingOldClient",
      [.requestArrived(RequestFacts(method: .get, version: .http10, keepsAlive: false))] + toLease + [fresh, open]
    ),
    ("tunnelling", [.requestArrived(get)] + toLease + [fresh, .upgradeArrived]),
    ("tunnellingHalf", [.requestArrived(get)] + toLease + [fresh, .upgradeArrived, .tunnelHalfEnded(.downstream)]),
    ("flushing", [.requestArrived(get)] + toLease + [fresh, head, .clientFull, .responseEnded]),
    ("flushingUpload", [.requestArrived(post)] + toLease + [fresh, head, .clientFull, .responseEnded]),
    ("finished", [.requestArrived(get)] + toLease + [fresh, head, .responseEnded]),
  ]

  /// Every event, with values that make the interesting branches differ.
  static let events: [(name: String, event: ExchangeEvent)] = [
    ("requestArrived", .requestArrived(get)),
    ("requestArrived with a body", .requestArrived(post)),
    ("requestRefused", .requestRefused(.requestLineMalformed)),
    ("headAbandoned", .headAbandoned),
    ("requestBodyArrived", .requestBodyArrived(count: 10)),
    ("requestBodyArrived beyond the limit", .requestBodyArrived(count: 1001)),
    ("replayBodyLost", .replayBodyLost),
    ("requestEnded", .requestEnded),
    ("requestBodyRefused", .requestBodyRefused(.requestChunkInvalid)),
    ("clientGone", .clientGone),
    ("clientFull", .clientFull),
    ("clientReady", .clientReady),
    ("routed", .routed(policy)),
    ("routedToAnswer", .routedToAnswer),
    ("routingFailed", .routingFailed(.routeNotFound)),
    ("admitted", .admitted),
    ("admissionQueued", .admissionQueued(.configured)),
    ("admissionRefused", .admissionRefused(.poolQueueFull)),
    ("picked", .picked),
    ("pickedAgain", .pickedAgain(after: .milliseconds(1500))),
    ("pickFailed", .pickFailed(.allUnhealthy)),
    ("replayGranted", .replayGranted),
    ("replayRefused", .replayRefused),
    ("leaseQueued", .leaseQueued),
    ("connecting", .connecting),
    ("leased", .leased(LeaseFacts(uses: 0))),
    ("leaseFailed before a byte", .leaseFailed(.connectTimeout)),
    ("leaseFailed for good", .leaseFailed(.ipProhibited)),
    ("upstreamFull", .upstreamFull),
    ("upstreamReady", .upstreamReady),
    ("informationalArrived", .informationalArrived),
    ("upgradeArrived", .upgradeArrived),
    ("responseArrived", .responseArrived(ResponseFacts(status: 200, framing: .length(4000)))),
    ("responseArrived too large", .responseArrived(ResponseFacts(status: 200, framing: .length(5001)))),
    ("responseArrived until close", .responseArrived(ResponseFacts(status: 200, framing: .untilClose))),
    ("responseBodyArrived", .responseBodyArrived(count: 100)),
    ("responseBodyArrived beyond the limit", .responseBodyArrived(count: 5001)),
    ("responseEnded", .responseEnded),
    ("responseRefused", .responseRefused(.notHttp)),
    ("upstreamEnded closed", .upstreamEnded(.closed, bytes: 0)),
    ("upstreamEnded closed after bytes", .upstreamEnded(.closed, bytes: 7)),
    ("upstreamEnded reset", .upstreamEnded(.reset, bytes: 0)),
    ("upstreamEnded writeFailed", .upstreamEnded(.writeFailed, bytes: 0)),
    ("tunnelBytesArrived from downstream", .tunnelBytesArrived(from: .downstream)),
    ("tunnelBytesArrived from upstream", .tunnelBytesArrived(from: .upstream)),
    ("tunnelHalfEnded downstream", .tunnelHalfEnded(.downstream)),
    ("tunnelHalfEnded upstream", .tunnelHalfEnded(.upstream)),
    ("deadlineCame early", .deadlineCame(clientTookBytes: false, upstreamTookBytes: false)),
    ("deadlineCame", .deadlineCame(clientTookBytes: false, upstreamTookBytes: false)),
    ("deadlineCame with progress", .deadlineCame(clientTookBytes: true, upstreamTookBytes: true)),
    ("bugFound", .bugFound),
  ]

  static func machine(at name: String) -> Exchange {
    var exchange = Exchange()
    for event in all.first(where: { $0.name == name })?.events ?? [] { _ = exchange.handle(event, at: start) }
    return exchange
  }

  /// When the event comes: a deadline at the moment that the machine asked for, everything else soon after the start.
  static func instant(of name: String, in exchange: Exchange) -> Instant {
    let isDeadline = name == "deadlineCame" || name == "deadlineCame with progress"
    guard isDeadline, exchange.deadlines.earliest != .never else { return start + .seconds(1) }
    return exchange.deadlines.earliest
  }
}
