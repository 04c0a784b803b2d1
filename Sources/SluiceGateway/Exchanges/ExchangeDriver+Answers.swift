internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

// What is said in the gateway's own name, and what it is said about.

extension ExchangeDriver {
  /// The head breaks a rule.
  func refuse(_ fault: WireFault, at now: Instant) {
    self.fault = fault
    handle(.requestRefused(refined(Cause.of(rule: fault.rule, in: .request))), at: now)
  }

  /// The body breaks a rule.
  func refuseBody(_ fault: WireFault, at now: Instant) {
    self.fault = fault
    handle(.requestBodyRefused(Cause.of(rule: fault.rule, in: .request)), at: now)
  }

  /// The client has left in the middle of its head.
  func abandonHead(at now: Instant) {
    handle(.headAbandoned, at: now)
  }

  /// The deadline that the machine asked for has come.
  func deadlineCame(at now: Instant) {
    let client = downstream?.pendingBytes ?? 0
    let upstreamBytes = upstream?.pendingBytes ?? 0
    let event = ExchangeEvent.deadlineCame(
      clientTookBytes: client < clientPending, upstreamTookBytes: upstreamBytes < upstreamPending)
    handle(event, at: now)
    clientPending = client
    upstreamPending = upstreamBytes
    settle()
  }

  /// What bytes that are not HTTP look like.
  func look(at bytes: ByteBuffer) {
    appearance = SluiceWire.appearance(of: bytes.readableBytesSpan)
  }

  /// A cause told more exactly by what the bytes look like.
  func refined(_ cause: Cause) -> Cause {
    guard let appearance else { return cause }
    if cause == .notHttp { return Cause.of(appearance: appearance, in: .response) }
    // A client's TLS record is never a method name, whatever rule it broke first.
    guard cause == .requestNotHttp || cause == .requestLineMalformed, appearance.isOfOtherProtocol else { return cause }
    return Cause.of(appearance: appearance, in: .request)
  }

  // MARK: Answers

  func respond(_ cause: Cause) {
    let block = block
    var answer = FailureAnswer(cause: cause, id: record.id)
    answer.rule = fault?.rule
    answer.retryAfter = retryAfter ?? queueRetryAfter(for: cause)
    answer.isIdempotent = head.method.isIdempotent
    answer.address.append(block.span.bytes, head.host)
    answer.address.append(block.span.bytes, head.path)
    if cause == .methodNotAllowed { answer.allow = allowedMethods }
    if mayShowDetail { answer.detail = detail }
    send(isGRPC ? worker.responses.grpcFailure(answer) : worker.responses.failure(answer, accept: acceptList))
  }

  /// When the queue that the request was refused by will have drained.
  private func queueRetryAfter(for cause: Cause) -> Int? {
    guard let permits = upstreamState?.permits,
      [.adaptiveLimitShed, .poolQueueFull, .poolQueueTimeout].contains(cause)
    else { return nil }
    // An attempt waits for a connection.
    let gate = attempts.isEmpty ? permits.requests : permits.connections
    return RetryAfter.seconds(
      waiting: gate.waiting, servedPerSecond: gate.servedPerSecond, random: worker.nextRandom())
  }

  /// The route itself answers.
  func answerAsRouted() {
    switch route?.route.action {
    case .redirect(let redirect):
      let block = block
      let source = block.span.bytes
      let location = redirect.expanded(
        host: source.extracting(head.host.offsets), path: source.extracting(head.path.offsets),
        query: source.extracting(head.query.offsets))
      guard let location else { return respond(.requestHostInvalid) }
      send(.redirect(status: redirect.status, location: location))
    case .respond(let fixed):
      send(.fixed(status: fixed.status, contentType: fixed.contentType, body: Array(fixed.body.utf8)))
    case .upstream, nil:
      respond(.proxyBug)
    }
  }

  private func send(_ response: GeneratedResponse) {
    record.status = response.status
    let isWhole = downstream?.discardHeldBody() ?? false
    let keepsAlive =
      exchange.mayKeepClient(afterWholeRequest: isWhole) && downstream?.isDraining == false && !response.closes
    var bytes = ByteBuffer()
    response.write(
      into: &bytes, date: worker.httpDate(at: now), isHead: head.method == .head, keepsAlive: keepsAlive,
      version: record.version)
    downstream?.sendGenerated(bytes, keepsAlive: keepsAlive)
  }

  /// All Accept fields as one list.
  private var acceptList: [UInt8] {
    var list: [UInt8] = []
    let block = block
    for field in head.fields where field.known == .accept {
      if !list.isEmpty { list.append(0x2C) }
      list.append(block.span.bytes, field.value)
    }
    return list
  }

  private var allowedMethods: [String] {
    let (block, target) = (block, plan.replacesTarget ? target : [])
    let source = block.span.bytes
    return snapshot.shared.table.allowedMethods(
      host: source.extracting(head.host.offsets),
      path: plan.replacesTarget ? target.span.bytes : source.extracting(head.path.offsets),
      query: source.extracting(head.query.offsets), fields: head.fields, source: source)
  }

  private var detail: FailureAnswer.Detail {
    var detail = FailureAnswer.Detail()
    detail.phase = exchange.phase
    detail.upstream = upstreamState?.configuration.name
    guard let attempt = attempts.last, let upstreamState else { return detail }
    detail.endpoint = upstreamState.endpoints[Int(attempt.endpoint.endpoint)].url
    detail.address = attempt.address
    detail.systemError = attempt.systemError
    detail.receivedStatus = attempt.status
    detail.rcode = attempt.responseCode.name
    detail.alertID = tlsEvidence?.alert?.number
    detail.alertMessage = tlsEvidence?.alert?.name
    return detail
  }

  /// Internal detail is for those who are trusted with it: the peer and every address it says it speaks for (DECISIONS
  /// 6).
  var mayShowDetail: Bool {
    let detail = snapshot.shared.detail
    guard detail.contains(client.address) else { return false }
    var forwarded = ForwardedAddresses()
    let block = block
    for field in head.fields {
      let value = block.span.bytes.extracting(field.value.offsets)
      switch field.known {
      case .xForwardedFor: forwarded.addForwardedFor(value)
      case .forwarded: forwarded.addForwarded(value)
      default: break
      }
    }
    return forwarded.areAll(in: detail)
  }
}

extension Appearance {
  /// The bytes are those of a protocol that is not HTTP/1.
  fileprivate var isOfOtherProtocol: Bool {
    switch self {
    case .tlsAlert, .tlsRecord, .http2Preface, .http2Frames, .ssh, .smtp, .ftp, .redis, .mysql, .postgres, .fastcgi:
      true
    default: false
    }
  }
}
