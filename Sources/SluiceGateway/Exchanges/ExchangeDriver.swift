internal import NIOCore
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// Performs the effects of one exchange between a client's stream and an upstream's.
///
/// # Overview
/// Events come in from both sides, go to the machine, and its effects are performed here in order. No `if` in this file
/// changes an outcome: what is to be done was decided by `Exchange`, where to send it by the route table and balancer.
///
/// # Why this way
/// The driver holds the bytes that the machine must not see: the head block, the bytes in hand of the event that is
/// being performed, and the record. It is kept by its worker and used again, so that its storage is not made anew each
/// time.
final class ExchangeDriver {
  let worker: Worker
  var exchange = Exchange()
  var record = ExchangeRecord()
  var attempts: [AttemptRecord] = []

  /// The bytes of the request head; `head` and `record` hold ranges into it.
  var block: [UInt8] = []
  var head = RequestHead()
  /// What goes upstream in place of the request's own target, where `plan` says so.
  var target: [UInt8] = []
  var plan = RequestPlan()

  private(set) var downstream: (any DownstreamStream)?
  var upstream: (any UpstreamStream)?
  /// Waits for or makes the attempt's connection.
  var pendingLease: PendingLease?

  var client = ClientFacts()
  /// Stays empty where tracing is not configured.
  var trace = TraceContext.none
  /// Pinned from the head to the end: a reload does not change an exchange under way.
  var snapshot: WorkerSnapshot
  var upstreamState: UpstreamState?
  var route: CompiledRoute?
  var endpointIndex = 0
  var pickReason: PickReason?
  var pickAccess = PickAccess.usual
  var tried = EndpointSet()
  var admission: PermitGate.Ticket?
  /// When it began to wait for its permit.
  var askedAt = Instant.never
  /// What held the request back, where it got no permit at once.
  var heldBackBy: AdmissionLimit?
  /// When the client may come again, where something knows.
  var retryAfter: Int?
  /// What the rule or system call behind the cause said, for the answer and the record.
  var fault: WireFault?
  /// The rule that the path breaks, should its route not allow it.
  var ambiguousPath: WireRule?
  var routeMiss: RouteMiss?
  /// What bytes that are not HTTP look like.
  var appearance: Appearance?
  /// Bytes that waited to be taken when the last deadline came: fewer now means that the peer takes some.
  var clientPending = Int.max
  var upstreamPending = Int.max
  var systemError: Int32 = 0
  /// The code that the endpoint ended its stream or connection with.
  var http2Code: HTTP2ErrorCode?
  /// The rule of HTTP/2 that the endpoint broke.
  var http2Rule: HTTP2Rule?
  /// What the last failed attempt had received, for the incident.
  var seen: SeenBytes?
  /// What was seen of TLS by the last attempt that failed for it.
  var tlsEvidence: TLSEvidence?
  /// What was sent of the request's body, until a final head has come.
  private var keptBody = KeptBody()
  var bodySeen: BodyProgress?

  /// The bytes of the event that is being performed.
  private var hand = ByteBuffer()
  private var handTrailers: [Field] = []
  /// When the event that is being performed happened.
  private(set) var now = Instant.never

  init(worker: Worker) {
    self.worker = worker
    snapshot = worker.snapshot
  }

  // MARK: Life

  /// Begins an exchange for a client's stream. `block` and `head` are filled by the caller where a head was parsed.
  func begin(for stream: any DownstreamStream, client: ClientFacts, at now: Instant) {
    downstream = stream
    self.client = client
    snapshot = worker.snapshot
    let proxies = snapshot.shared.proxies
    self.client.isTrustedProxy = !proxies.isEmpty && proxies.contains(client.address)
    record.id = worker.nextExchangeID(at: now)
    record.wallTime = worker.wallMilliseconds(at: now)
    record.client = client.address
    record.listener = client.listener?.index ?? .max
    record.tls = client.tls
    record.startedAt = now
  }

  /// Back to the state of a new driver; storage is kept.
  func reset() {
    exchange = Exchange()
    record = ExchangeRecord()
    trace = .none
    attempts.removeAll(keepingCapacity: true)
    block.removeAll(keepingCapacity: true)
    head.forget()
    target.removeAll(keepingCapacity: true)
    plan = RequestPlan()
    downstream = nil
    upstream = nil
    pendingLease = nil
    upstreamState = nil
    route = nil
    tried = EndpointSet()
    pickReason = nil
    admission = nil
    heldBackBy = nil
    retryAfter = nil
    fault = nil
    ambiguousPath = nil
    routeMiss = nil
    appearance = nil
    clientPending = .max
    upstreamPending = .max
    systemError = 0
    http2Code = nil
    http2Rule = nil
    seen = nil
    tlsEvidence = nil
    bodySeen = nil
    keptBody.drop(from: worker.services.replayMemory)
    hand = ByteBuffer()
  }

  // MARK: Events

  func handle(_ event: ExchangeEvent, at now: Instant) {
    self.now = now
    let effects = exchange.handle(event, at: now)
    var index = 0
    while index < effects.count {
      perform(effects[index])
      index += 1
    }
  }

  /// The end of a turn: what was written goes out, and the wheel learns the deadline.
  func settle() {
    upstream?.flush()
    guard let downstream else { return }
    downstream.flush()
    if !exchange.isFinished { downstream.deadlinesMoved(to: exchange.deadlines.earliest) }
  }

  func requestBody(_ bytes: ByteBuffer, at now: Instant) {
    if exchange.keepsRequestBody(adding: bytes.readableBytes),
      !keptBody.append(bytes, of: worker.services.replayMemory)
    {
      handle(.replayBodyLost, at: now)
    }
    hand = bytes
    handle(.requestBodyArrived(count: bytes.readableBytes), at: now)
    hand = ByteBuffer()
  }

  /// The head is `worker.responseHead`; its ranges are into `bytes`.
  func informational(_ bytes: ByteBuffer, at now: Instant) {
    hand = bytes
    handle(worker.responseHead.status == 101 ? upgrade(bytes) : .informationalArrived, at: now)
    hand = ByteBuffer()
  }

  /// A server may switch only to what the client named (RFC 9110 section 7.8).
  private func upgrade(_ bytes: ByteBuffer) -> ExchangeEvent {
    let block = block
    let isWanted =
      !plan.upgrades
      || isUpgrade(
        worker.responseHead.upgrade, in: bytes.readableBytesSpan, among: head.upgrade, of: block.span.bytes)
    return isWanted && acceptsWebSocket(worker.responseHead, in: bytes)
      ? .upgradeArrived : .responseRefused(.upgradeFailed)
  }

  /// The endpoint has accepted an extended CONNECT.
  func tunnelAccepted(_ bytes: ByteBuffer, at now: Instant) {
    hand = bytes
    handle(.upgradeArrived, at: now)
    hand = ByteBuffer()
  }

  /// The head is `worker.responseHead`; its ranges are into `bytes`.
  func response(_ bytes: ByteBuffer, at now: Instant) {
    let facts = worker.responseHead.facts(in: bytes)
    record(firstByteAt: now, status: facts.status)
    hand = bytes
    handle(.responseArrived(facts), at: now)
    hand = ByteBuffer()
  }

  func responseBody(_ bytes: ByteBuffer, at now: Instant) {
    hand = bytes
    handle(.responseBodyArrived(count: bytes.readableBytes), at: now)
    hand = ByteBuffer()
  }

  /// The end of a response without trailers.
  func responseEnded(at now: Instant) { handle(.responseEnded, at: now) }

  /// - Parameter trailers: fields that may be passed on; their ranges are into `bytes`.
  func responseEnded(trailers: [Field], in bytes: ByteBuffer, at now: Instant) {
    hand = bytes
    handTrailers = trailers
    handle(.responseEnded, at: now)
    handTrailers = []
    hand = ByteBuffer()
  }

  func tunnelBytes(_ bytes: ByteBuffer, from side: Side, at now: Instant) {
    hand = bytes
    handle(.tunnelBytesArrived(from: side), at: now)
    hand = ByteBuffer()
  }

  // MARK: Effects

  private func perform(_ effect: ExchangeEffect) {
    switch effect {
    case .route: route(at: now)
    case .admit: admit()
    case .leaveQueue: leaveQueue()
    case .releasePermit: upstreamState?.permits.requests.release()
    case .pick: pick()
    case .askBudget: askBudget()
    case .lease: lease()

    case .sendRequestHead: sendRequestHead()
    case .startRequestBody: downstream?.startBody()
    case .forwardRequestBody: upstream?.sendBody(hand)
    case .replayRequestBody: upstream?.sendBody(keptBody.buffer)
    case .holdRequestBody: downstream?.holdBody()
    case .finishRequest: finishRequest()
    case .pauseClient: downstream?.pauseReading()
    case .resumeClient: downstream?.resumeReading()

    case .forwardInformational: downstream?.sendInformational(worker.responseHead, in: hand)
    case .forwardResponseHead: forwardResponseHead()
    case .forwardResponseBody: downstream?.sendBody(hand)
    case .finishResponse: downstream?.sendEnd(trailers: handTrailers, in: hand)
    case .pauseUpstream: upstream?.pauseReading()
    case .resumeUpstream: upstream?.resumeReading()

    case .startTunnel: startTunnel()
    case .forwardTunnelBytes(let side): forwardTunnelBytes(from: side)
    case .halfClose(let side): halfClose(side)

    case .respond(let cause): respond(cause)
    case .answer: answerAsRouted()
    case .abort(let reset): downstream?.abort(reset: reset)

    case .endAttempt(let cause): endAttempt(cause)
    case .releaseUpstream: releaseUpstream()
    case .closeUpstream: closeUpstream()
    case .finishClient(let reuse): downstream?.finish(reuse: reuse)
    case .record: writeRecord()
    }
  }

  private func forwardResponseHead() {
    guard let forwarded = exchange.forwardedHead else { return handle(.bugFound, at: now) }
    record.status = worker.responseHead.status
    keptBody.drop(from: worker.services.replayMemory)
    downstream?.sendHead(
      &worker.responseHead, in: hand, as: forwarded, edits: route?.responseEdits, lines: stickyLine)
  }

  /// What the client is told of the protocol that it now speaks.
  private var upgradeAnswer: (name: [UInt8], lines: [UInt8]) {
    var name: [UInt8] = []
    if worker.responseHead.upgrade.isEmpty {
      let block = block
      name.append(block.span.bytes, head.upgrade)
      return (name, webSocketLines)
    }
    let bytes = hand
    name.append(bytes.readableBytesSpan, worker.responseHead.upgrade)
    return (name, [])
  }

  private func startTunnel() {
    record.status = 101
    record(firstByteAt: now, status: 101)
    let (name, lines) = upgradeAnswer
    downstream?.sendUpgrade(worker.responseHead, in: hand, to: name, lines: lines)
  }

  private func forwardTunnelBytes(from side: Side) {
    switch side {
    case .downstream: upstream?.sendTunnelBytes(hand)
    case .upstream: downstream?.sendTunnelBytes(hand)
    }
  }

  private func halfClose(_ side: Side) {
    switch side {
    case .downstream: downstream?.halfClose()
    case .upstream: upstream?.halfClose()
    }
  }

  private func releaseUpstream() {
    upstream?.release()
    upstream = nil
  }

  private func closeUpstream() {
    pendingLease?.cancel()
    pendingLease = nil
    upstream?.close()
    upstream = nil
  }
}
