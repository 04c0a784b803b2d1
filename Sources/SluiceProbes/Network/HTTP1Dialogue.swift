internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// Requests and responses of one HTTP/1.1 connection, one after the other, with the gateway's own strict codec.
///
/// A value: bytes, ends and times go in, an answer comes out. Times are milliseconds of one clock.
struct HTTP1Dialogue: Sendable {
  private var question: ProbeQuestion?
  private var answer: ProbeAnswer?
  /// Of the response; before the first request, what a peer says that speaks first.
  private var unread: [UInt8] = []
  private var trailers: [UInt8] = []
  private var received = 0
  private var scanner = HeadScanner(role: .response)
  private var decoder: BodyDecoder?
  private var bodyCount = 0
  private var sentAt = 0.0
  private var lastByteAt = 0.0
  private var answered = 0
  private var staysOpen = false

  /// The bytes of a request. Only where no answer is awaited.
  mutating func ask(_ question: ProbeQuestion, at now: Double) -> [UInt8] {
    self.question = question
    answer = ProbeAnswer(seen: question.blank)
    scanner = HeadScanner(role: .response, limits: HeadLimits(total: question.headMax))
    decoder = nil
    trailers = []
    received = unread.count
    bodyCount = 0
    sentAt = now
    lastByteAt = now
    let fields = question.fields.map { "\($0.0): \($0.1)\r\n" }.joined()
    return Array("\(ProbeQuestion.method) \(question.path) HTTP/1.1\r\nHost: \(question.host)\r\n\(fields)\r\n".utf8)
  }

  /// - Returns: the answer where these bytes, or those that came before the request, were its last.
  mutating func received(_ bytes: [UInt8], at now: Double) -> ProbeAnswer? {
    guard question != nil else {
      if answered == 0 { unread += bytes.prefix(max(FirstBytes.countMax - unread.count, 0)) }
      return nil
    }
    if received == 0, !bytes.isEmpty { answer?.seen.firstByteMs = now - sentAt }
    received += bytes.count
    lastByteAt = now
    unread += bytes
    while decoder == nil {
      switch readHead(now) {
      case .goesOn: continue
      case .needsMore: return nil
      case .over(let answer): return answer
      }
    }
    return readBody(now)
  }

  mutating func ended(_ end: ProbeEnd, at now: Double) -> ProbeAnswer? {
    guard question != nil else { return nil }
    if decoder?.framing == .untilClose, case .closed = end { return finish(nil, now) }
    if case .explained(let cause) = end, received == 0 { return finish(cause, now) }
    if decoder != nil { return finish(.truncatedBody, now) }
    if received > 0 { return finish(.truncatedHeaders, now) }
    if answered > 0 { return finish(.staleKeepalive, now) }
    if case .reset = end { return finish(.resetBeforeResponse, now) }
    return finish(.closedBeforeResponse, now)
  }

  mutating func timedOut(at now: Double) -> ProbeAnswer? {
    guard let answer else { return nil }
    guard let decoder else { return finish(answer.seen.status == nil ? .responseHeaderTimeout : nil, now) }
    // Without a declared length nobody can say that more should have come: events, long polls, downloads.
    guard case .length = decoder.framing else { return finish(nil, now) }
    return finish(now - lastByteAt >= NetworkLimits.bodySilence.milliseconds ? .bodyIdleTimeout : nil, now)
  }

  // MARK: Steps

  private enum Step {
    case goesOn, needsMore
    case over(ProbeAnswer?)
  }

  private mutating func readHead(_ now: Double) -> Step {
    let bytes = unread
    switch scanner.scan(bytes.span.bytes) {
    case .incomplete: return .needsMore
    case .failed(let fault): return .over(refuse(fault, now))
    case .complete(let start, let end):
      var head = ResponseHead()
      do {
        try head.parse(unread.span.bytes, start: start, end: end, requestMethod: .get)
      } catch {
        return .over(refuse(error, now))
      }
      if head.status < 200, head.status != 101 {
        unread.removeFirst(end)
        scanner.reset()
        return .goesOn
      }
      take(head, now)
      if head.status == 400, appearance(of: unread.span.bytes) == .plainHTTPToTLSPort {
        keepFirstBytes()
        return .over(finish(.plaintextToTlsPort, now))
      }
      if head.status == 101 { return .over(finish(.unexpectedUpgrade, now)) }
      decoder = BodyDecoder(head.framing)
      unread.removeFirst(end)
      return .goesOn
    }
  }

  private mutating func take(_ head: ResponseHead, _ now: Double) {
    let told = AnswerFields(head.fields, in: unread, installation: question?.installation)
    staysOpen = head.flags.contains(.keepAlive)
    answer?.announcedMs = head.keepAliveTimeout.map { Double($0) * 1000 }
    answer?.seen.status = head.status
    answer?.seen.version = head.version == .http10 ? "HTTP/1.0" : "HTTP/1.1"
    answer?.seen.framing = head.framing.word
    answer?.seen.closesAfter = !head.flags.contains(.keepAlive)
    answer?.seen.fields = told.fields
    answer?.seen.isOurselves = told.isOurselves
  }

  private mutating func readBody(_ now: Double) -> ProbeAnswer? {
    var offset = 0
    let bytes = unread
    while let part = decoder?.next(bytes.span.bytes, at: &offset) {
      switch part {
      case .data(let range):
        bodyCount += range.count
        if bodyCount > NetworkLimits.bodyMax { return finish(nil, now) }
      case .trailers(let range): trailers += bytes[range.offsets]
      case .needMore:
        unread.removeFirst(offset)
        return nil
      case .end:
        if let fault = trailerFault() { return finish(Cause.of(rule: fault.rule, in: .response), now) }
        // What stands behind the end is dropped, and the connection with it.
        return finish(nil, now, isReusable: offset == unread.count && staysOpen)
      case .failed(let fault):
        return finish(Cause.of(rule: fault.rule, in: .response), now)
      }
    }
    return nil
  }

  private func trailerFault() -> WireFault? {
    guard !trailers.isEmpty else { return nil }
    var fields: [Field] = []
    do throws(WireFault) {
      try parseTrailers(trailers.span.bytes, into: &fields)
      return nil
    } catch {
      return error
    }
  }

  private mutating func refuse(_ fault: WireFault, _ now: Double) -> ProbeAnswer? {
    keepFirstBytes()
    let cause = Cause.of(rule: fault.rule, in: .response)
    return finish(
      cause == .notHttp ? Cause.of(appearance: appearance(of: unread.span.bytes), in: .response) : cause, now)
  }

  private mutating func keepFirstBytes() {
    answer?.seen.firstBytes = FirstBytes.seen(
      unread, total: received, secrets: question?.secrets ?? SecretFields())
  }

  private mutating func finish(_ cause: Cause?, _ now: Double, isReusable: Bool = false) -> ProbeAnswer? {
    guard var answer else { return nil }
    if cause == .truncatedHeaders { keepFirstBytes() }
    answer.seen.firstBytes = self.answer?.seen.firstBytes
    answer.seen.cause = cause?.identifier
    answer.seen.tookMs = now - sentAt
    answer.isReusable = isReusable
    answered += 1
    question = nil
    self.answer = nil
    unread = []
    return answer
  }
}

extension BodyFraming {
  var word: String {
    switch self {
    case .none: "none"
    case .length: "length"
    case .chunked: "chunked"
    case .untilClose: "close"
    }
  }
}
