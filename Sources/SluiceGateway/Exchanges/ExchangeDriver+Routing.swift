internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// Where the request goes: route, permit, endpoint, connection.

extension ExchangeDriver {
  /// A parsed head becomes an exchange, unless something about it is refused before any route is asked.
  func start(at now: Instant) {
    fillRecord()
    if let tracing = snapshot.shared.tracing { joinTrace(tracing) }
    if let refusal = refuseHead() {
      handle(.requestRefused(refusal), at: now)
      return
    }
    let upgrades = head.flags.contains(.upgrade) && upgradeIsWanted
    plan.upgrades = upgrades
    if upgrades, head.flags.contains(.extendedConnect) { planWebSocket() }
    let facts = RequestFacts(
      method: head.method, version: head.version, framing: head.framing,
      keepsAlive: head.keepsAlive, wantsUpgrade: upgrades)
    handle(.requestArrived(facts), at: now)
  }

  private func fillRecord() {
    record.version = head.version
    record.method = head.methodText
    record.host = head.host
    record.path = head.path
    record.query = head.query
    var traceParents = 0
    for field in head.fields {
      switch field.known {
      case .userAgent where snapshot.shared.recordsUserAgent: record.userAgent = field.value
      case .xRequestID where snapshot.shared.recordsRequestID: record.clientRequestID = field.value
      case .traceparent where snapshot.shared.recordsTraceParent:
        traceParents += 1
        record.traceParent = field.value
      default: break
      }
    }
    // Of several nobody knows which one is meant.
    if traceParents > 1 { record.traceParent = .empty }
  }

  /// `Upgrade: h2c` is dropped (DECISIONS 33); everything else may be passed on.
  private var upgradeIsWanted: Bool {
    guard head.framing == .none || head.framing == .length(0) else { return false }
    let block = block
    return !equalsIgnoringCase(block.span.bytes, head.upgrade, "h2c")
  }

  /// What a gateway refuses although it is well-formed HTTP.
  private func refuseHead() -> Cause? {
    if head.method == .connect { return .requestTargetRefused }
    if let refusal = checkPath() { return refusal }
    for field in head.fields where field.known == .via {
      if viaNamesUs(field.value) { return .loopDetected }
    }
    return nil
  }

  /// A path that two servers may read differently is refused, unless the route that it leads to allows it (DECISIONS
  /// 26).
  private func checkPath() -> Cause? {
    let block = block
    if head.path.isEmpty {
      // `http://host` and `*` have no path; they are routed as the root.
      target.append(0x2F)
      plan.replacesTarget = true
      return nil
    }
    var check = normalizePath(block.span.bytes, head.path, allowingAmbiguous: false, into: &target)
    if case .refused(let rule) = check {
      ambiguousPath = rule
      target.removeAll(keepingCapacity: true)
      check = normalizePath(block.span.bytes, head.path, allowingAmbiguous: true, into: &target)
    }
    switch check {
    case .asIs:
      return nil
    case .normalized:
      plan.replacesTarget = true
      return nil
    case .refused(let rule):
      fault = WireFault(rule: rule, offset: head.path.lowerBound)
      return .requestTargetRefused
    }
  }

  /// A loop is our own pseudonym in Via (RFC 9110 section 7.6.3, DECISIONS 7).
  private func viaNamesUs(_ value: ByteRange) -> Bool {
    let block = block
    return contains(block.span.bytes, value, word: worker.services.nameBytes)
  }

  /// The path that routing sees: the normalised one where it differs.
  func route(at now: Instant) {
    if let redirect = client.listener?.redirect, !asksForChallenge { return routed(to: redirect, at: now) }
    if let only = snapshot.shared.only {
      record.route = 0
      return routed(to: only, at: now)
    }
    let (block, target) = (block, target)
    let source = block.span.bytes
    let decision =
      plan.replacesTarget
      ? snapshot.shared.match(head, path: target.span.bytes, source: source)
      : snapshot.shared.match(head, path: source.extracting(head.path.offsets), source: source)
    switch decision {
    case .matched(let index, _):
      record.route = UInt16(index)
      routed(to: snapshot.shared.routes[index], at: now)
    case .none(let miss):
      routeMiss = miss
      handle(.routingFailed(miss.cause), at: now)
    }
  }

  /// What a certificate authority asks for on port 80 before it issues a certificate (RFC 8555 section 8.3): a listener
  /// that leads to https must not stand in its way.
  private var asksForChallenge: Bool {
    let (block, target) = (block, target)
    let path =
      plan.replacesTarget ? target.span.bytes : block.span.bytes.extracting(head.path.offsets)
    let prefix: StaticString = "/.well-known/acme-challenge/"
    return prefix.withUTF8Buffer { prefix in
      guard path.byteCount > prefix.count else { return false }
      return prefix.indices.allSatisfy { path.unsafeLoad(fromByteOffset: $0, as: UInt8.self) == prefix[$0] }
    }
  }

  private func routed(to route: CompiledRoute, at now: Instant) {
    self.route = route
    if let ambiguousPath, !route.route.allowsAmbiguousPath {
      fault = WireFault(rule: ambiguousPath, offset: head.path.lowerBound)
      handle(.routingFailed(.requestTargetRefused), at: now)
      return
    }
    if !route.rateLimits.isEmpty, !takeTokens(of: route) {
      handle(.routingFailed(.rateLimited), at: now)
      return
    }
    guard case .upstream(let index) = route.route.action else {
      handle(.routedToAnswer, at: now)
      return
    }
    let state = snapshot.upstreams[Int(index)]
    upstreamState = state
    record.upstream = index
    planTarget(route)
    upstreamState?.countRequest()
    var policy = route.policy
    if route.believesIdempotencyKeys { policy.hasTrustedKey = value(of: "idempotency-key") != nil }
    policy.clientBodyIdle = client.timeouts.bodyIdle
    policy.clientWrite = client.timeouts.write
    if isGRPC { followGRPC(&policy) }
    handle(.routed(policy), at: now)
  }

  /// The target that goes upstream: the matched path, without the prefix where the route says so, and the query.
  private func planTarget(_ route: CompiledRoute) {
    let block = block
    if head.form == .asterisk {
      plan.replacesTarget = false
      return
    }
    guard plan.replacesTarget || route.route.stripPrefix || head.form == .absolute else { return }
    if !plan.replacesTarget { target.append(block.span.bytes, head.path) }
    if route.route.stripPrefix { strip(route.route.pathPrefix) }
    if head.hasQuery {
      target.append(0x3F)
      target.append(block.span.bytes, head.query)
    }
    plan.replacesTarget = true
  }

  private func strip(_ prefix: String) {
    let path = target
    let stripped = StrippedPath(path.span.bytes, prefix: prefix)
    target.removeFirst(min(stripped.start, target.count))
    if stripped.needsSlash { target.insert(0x2F, at: 0) }
  }

  // MARK: Permit

  func admit() {
    guard let upstreamState else { return handle(.bugFound, at: now) }
    let gate = upstreamState.permits.requests
    let limit = upstreamState.permits.binding
    switch gate.acquire(worker.grant(.request, of: gate)) {
    case .granted:
      handle(.admitted, at: now)
    case .queued(let ticket):
      admission = ticket
      askedAt = now
      heldBackBy = limit
      worker.wait(for: ticket, of: gate, driver: self)
      handle(.admissionQueued(limit), at: now)
    case .refused:
      heldBackBy = limit
      handle(.admissionRefused(limit.refusalCause), at: now)
    }
  }

  /// The permit that was waited for has come.
  func admissionGranted(at now: Instant) {
    admission = nil
    upstreamState?.tally.counts.addWait(now - askedAt)
    handle(.admitted, at: now)
    settle()
  }

  func leaveQueue() {
    guard let admission, let gate = upstreamState?.permits.requests else { return }
    self.admission = nil
    upstreamState?.tally.counts.addWait(now - askedAt)
    worker.stopWaiting(for: admission, of: gate)
  }

  // MARK: Endpoint and connection

  func pick() {
    guard let upstreamState else { return handle(.bugFound, at: now) }
    switch upstreamState.pick(for: self, at: now) {
    case .picked(let index, let reason, let access):
      endpointIndex = index
      pickReason = reason
      pickAccess = access
      handle(.picked, at: now)
    case .none(.allTried):
      pickAgain()
    case .none(let miss):
      handle(.pickFailed(miss.cause), at: now)
    }
  }

  /// Every endpoint has failed this exchange. Whether one of them is worth another attempt, the last cause says.
  private func pickAgain() {
    guard let upstreamState, let cause = exchange.cause, cause.endpointRepeat != .never else {
      return handle(.pickFailed(PickMiss.allTried.cause), at: now)
    }
    tried = EndpointSet()
    guard case .picked(let index, let reason, let access) = upstreamState.pick(for: self, at: now) else {
      return handle(.pickFailed(PickMiss.allTried.cause), at: now)
    }
    endpointIndex = index
    pickReason = reason
    pickAccess = access
    guard cause.endpointRepeat == .afterPause else { return handle(.picked, at: now) }
    let pause = Backoff.pause(afterAttempts: exchange.attempts, random: worker.nextRandom())
    handle(.pickedAgain(after: pause), at: now)
  }

  func askBudget() {
    guard let upstreamState, let route else { return handle(.bugFound, at: now) }
    let mayRepeat = upstreamState.mayRepeat(share: route.retryBudget, at: now)
    handle(mayRepeat ? .replayGranted : .replayRefused, at: now)
  }

  func lease() {
    guard let upstreamState else { return handle(.bugFound, at: now) }
    tried.insert(endpointIndex)
    beginAttempt()
    upstreamState.began(endpointIndex, at: now)
    worker.lease(upstreamState.endpoints[endpointIndex], of: upstreamState, for: self, at: now)
  }

  /// A connection is ours.
  func leased(_ stream: any UpstreamStream, _ facts: LeaseFacts, age: TimeSpan, idle: TimeSpan, at now: Instant) {
    pendingLease = nil
    upstream = stream
    recordLease(facts, age: age, idle: idle, at: now)
    handle(.leased(facts), at: now)
  }

  func leaseFailed(_ cause: Cause, systemError: Int32 = 0, at now: Instant) {
    pendingLease = nil
    self.systemError = systemError
    handle(.leaseFailed(cause), at: now)
  }

  func sendRequestHead() {
    guard let upstream else { return }
    upstream.sendRequestHead(plan, of: self)
    attempts.mutateLast { $0.phase = .send }
  }

  func finishRequest() {
    upstream?.sendEnd()
    recordSent(at: now)
  }
}
