internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// Requests and responses of one HTTP/2 connection, one after the other, with the gateway's own machine.
///
/// A value, as is `HTTP1Dialogue`.
struct HTTP2Dialogue: Sendable {
  private var machine = HTTP2Connection(.upstream, limits: HTTP2Limits(streamsMax: 1))
  private var hasStarted = false
  private var question: ProbeQuestion?
  private var answer: ProbeAnswer?
  private var stream: UInt32 = 0
  private var unread: [UInt8] = []
  private var beginning: [UInt8] = []
  private var received = 0
  private var bodyCount = 0
  private var sentAt = 0.0
  private var isGoingAway = false
  /// What came before the first request was no HTTP/2.
  private var hasFailedEarly = false

  /// What is to be sent; each call of another function may add to it.
  mutating func takeOutput() -> [UInt8] {
    defer { machine.output = [] }
    return machine.output
  }

  mutating func ask(_ question: ProbeQuestion, at now: Double) -> [UInt8] {
    start()
    self.question = question
    answer = ProbeAnswer(seen: question.blank)
    bodyCount = 0
    sentAt = now
    stream = machine.open()
    var block: [UInt8] = []
    HPACKEncoder.appendRequest(
      method: Array(ProbeQuestion.method.utf8).span.bytes, isSecure: question.isSecure,
      authority: Array(question.host.utf8).span.bytes, path: Array(question.path.utf8).span.bytes, to: &block)
    for (name, value) in question.fields {
      HPACKEncoder.append(name: Array(name.utf8).span.bytes, value: Array(value.utf8).span.bytes, to: &block)
    }
    FrameWriting.appendHeaders(block, endsStream: true, streamID: stream, payloadMax: 16_384, to: &machine.output)
    machine.endedHere(stream)
    return takeOutput()
  }

  /// Our first words, also where the endpoint speaks before it is asked.
  private mutating func start() {
    if !hasStarted { machine.start() }
    hasStarted = true
  }

  mutating func received(_ bytes: [UInt8], at now: Double) -> ProbeAnswer? {
    start()
    if hasFailedEarly { return failed(now) }
    received += bytes.count
    if beginning.count < FirstBytes.countMax { beginning += bytes.prefix(FirstBytes.countMax - beginning.count) }
    let all = unread + bytes
    var offset = 0
    defer { unread = Array(all[offset...]) }
    while true {
      switch machine.receive(all.span.bytes, at: &offset, now: Instant(nanoseconds: Int64(now * 1e6))) {
      case .needMore: return nil
      case .nothing, .windowOpened, .settingsChanged, .pingAnswered: continue
      case .head(let id, let ends):
        if id == stream, let answer = headArrived(ends, now) { return answer }
      case .trailers(let id):
        guard id == stream, question != nil else { continue }
        let fault = machine.list.fault ?? (machine.list.isTooLarge ? WireFault(rule: .trailerTooLarge, offset: 0) : nil)
        if let fault { return finish(Cause.of(rule: fault.rule, in: .response), now) }
        return finish(nil, now, isReusable: !isGoingAway)
      case .data(let id, let range, let ends):
        machine.took(range.count, on: id)
        bodyCount += range.count
        guard id == stream, question != nil else { continue }
        if ends { return finish(nil, now, isReusable: !isGoingAway) }
        if bodyCount > NetworkLimits.bodyMax {
          machine.reset(id, .cancel)
          return finish(nil, now)
        }
      case .reset(let id, let code):
        guard id == stream, question != nil else { continue }
        return finish(code == .refusedStream ? .h2RefusedStream : .h2StreamReset, now)
      case .goneAway(let last, _):
        isGoingAway = true
        if last < stream, question != nil { return finish(.h2GoawayUnprocessed, now) }
      case .streamFailed: return finish(.h2ProtocolViolation, now)
      case .failed: return failed(now)
      }
    }
  }

  mutating func ended(_ end: ProbeEnd, at now: Double) -> ProbeAnswer? {
    guard let answer else { return nil }
    if case .explained(let cause) = end, received == 0 { return finish(cause, now) }
    if answer.seen.status != nil { return finish(.truncatedBody, now) }
    if received > 0, !machine.hasPeerSettings { return failed(now) }
    if case .reset = end { return finish(.resetBeforeResponse, now) }
    return finish(.closedBeforeResponse, now)
  }

  mutating func timedOut(at now: Double) -> ProbeAnswer? {
    guard let answer else { return nil }
    return finish(answer.seen.status == nil ? .responseHeaderTimeout : nil, now)
  }

  /// The endpoint takes no further request on this connection.
  var isOver: Bool { isGoingAway || machine.isOver }

  // MARK: Steps

  private mutating func headArrived(_ ends: Bool, _ now: Double) -> ProbeAnswer? {
    guard let question else { return nil }
    var head = ResponseHead()
    do {
      try head.read(machine.list, endsStream: ends, requestMethod: .get)
    } catch {
      return finish(Cause.of(rule: error.rule, in: .response), now)
    }
    guard head.status >= 200 else { return nil }
    let told = AnswerFields(head.fields, in: machine.list.bytes, installation: question.installation)
    if case .length(let length) = head.framing, !ends { machine.expect(length, on: stream) }
    answer?.seen.firstByteMs = now - sentAt
    answer?.seen.status = head.status
    answer?.seen.version = "HTTP/2"
    answer?.seen.framing = ends ? "none" : head.seen.contains(.contentLength) ? "length" : "chunked"
    answer?.seen.closesAfter = isGoingAway
    answer?.seen.fields = told.fields
    answer?.seen.isOurselves = told.isOurselves
    return ends ? finish(nil, now, isReusable: !isGoingAway) : nil
  }

  /// The bytes are not HTTP/2, or break it. What they are instead shows in the first of them.
  private mutating func failed(_ now: Double) -> ProbeAnswer? {
    hasFailedEarly = answer == nil
    let looks = appearance(of: beginning.span.bytes)
    answer?.seen.firstBytes = FirstBytes.seen(
      beginning, total: received, secrets: question?.secrets ?? SecretFields())
    if machine.hasPeerSettings { return finish(.h2ProtocolViolation, now) }
    // As the gateway tells it: what is of no protocol with a rule of its own broke those of HTTP/2.
    let cause = Cause.of(appearance: looks, in: .response)
    return finish(cause == .notHttp ? .h2ProtocolViolation : cause, now)
  }

  private mutating func finish(_ cause: Cause?, _ now: Double, isReusable: Bool = false) -> ProbeAnswer? {
    guard var answer else { return nil }
    answer.seen.cause = cause?.identifier
    answer.seen.tookMs = now - sentAt
    answer.isReusable = isReusable
    question = nil
    self.answer = nil
    return answer
  }
}
