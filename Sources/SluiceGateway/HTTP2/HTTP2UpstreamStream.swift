internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// One attempt on an endpoint's HTTP/2 connection.
final class HTTP2UpstreamStream {
  enum Phase: Equatable {
    case awaitingHead
    case receivingBody
    case tunnelling
    /// The response is complete.
    case complete
    /// Nobody's.
    case over
  }

  let connection: HTTP2UpstreamConnection
  let id: UInt32
  var driver: ExchangeDriver?
  var phase = Phase.awaitingHead
  var outgoing = HTTP2Outgoing()
  /// The request is an extended CONNECT.
  private(set) var isTunnel = false
  /// The connection was idle before this stream, and nothing has come on it since.
  var followsIdle: Bool
  private(set) var requestMethod = Method.get
  private var isPaused = false
  /// Bytes that were passed on while reading is paused: the endpoint may not send as many again yet.
  private var owed = 0
  private var informationals = 0
  private var declared: UInt64?
  private var received: UInt64 = 0
  private(set) var bytesSent: UInt64 = 0
  private(set) var bytesReceived: UInt64 = 0

  init(_ id: UInt32, on connection: HTTP2UpstreamConnection, for driver: ExchangeDriver, followsIdle: Bool) {
    self.id = id
    self.connection = connection
    self.driver = driver
    self.followsIdle = followsIdle
  }

  private var worker: Worker { connection.worker }

  // MARK: Events of the connection

  func headArrived(_ list: HeaderList, endsStream: Bool, at now: Instant) {
    guard let driver else { return }
    bytesReceived += UInt64(list.bytes.count)
    do {
      try worker.responseHead.read(list, endsStream: endsStream, requestMethod: requestMethod)
    } catch {
      return refuse(error, list, driver, at: now)
    }
    let bytes = ByteBuffer(bytes: list.bytes)
    let status = worker.responseHead.status
    if status < 200 {
      informationals += 1
      guard informationals <= HTTP1UpstreamConnection.informationalsMax else {
        return failed(.badFraming, at: now)
      }
      return driver.informational(bytes, at: now)
    }
    if isTunnel, status < 300 {
      phase = .tunnelling
      driver.tunnelAccepted(bytes, at: now)
      if endsStream { driver.handle(.tunnelHalfEnded(.upstream), at: now) }
      return
    }
    if case .length(let length) = worker.responseHead.framing {
      declared = length
      if !endsStream { connection.machine.expect(length, on: id) }
    }
    phase = .receivingBody
    if !connection.isVersionSeen {
      connection.isVersionSeen = true
      driver.sawVersion(in: bytes)
    }
    driver.response(bytes, at: now)
    if endsStream { responseEnded(at: now) }
  }

  private func refuse(_ fault: WireFault, _ list: HeaderList, _ driver: ExchangeDriver, at now: Instant) {
    driver.fault = fault
    driver.keepFirstBytes(of: ByteBuffer(bytes: list.bytes))
    phase = .complete
    driver.handle(.responseRefused(Cause.of(rule: fault.rule, in: .response)), at: now)
  }

  func dataArrived(_ bytes: ByteBuffer, endsStream: Bool, at now: Instant) {
    bytesReceived += UInt64(bytes.readableBytes)
    guard let driver else {
      // The rest of a response that nobody waits for.
      connection.machine.took(bytes.readableBytes, on: id)
      return
    }
    if bytes.readableBytes > 0 {
      received += UInt64(bytes.readableBytes)
      if phase == .tunnelling {
        driver.tunnelBytes(bytes, from: .upstream, at: now)
      } else {
        driver.responseBody(bytes, at: now)
      }
      if isPaused { owed += bytes.readableBytes } else { connection.machine.took(bytes.readableBytes, on: id) }
    }
    guard endsStream else { return }
    if phase == .tunnelling {
      self.driver?.handle(.tunnelHalfEnded(.upstream), at: now)
    } else {
      responseEnded(at: now)
    }
  }

  private func responseEnded(at now: Instant) {
    phase = .complete
    driver?.responseEnded(at: now)
  }

  func trailersArrived(_ list: HeaderList, at now: Instant) {
    guard let driver else { return }
    bytesReceived += UInt64(list.bytes.count)
    if phase == .tunnelling {
      driver.handle(.tunnelHalfEnded(.upstream), at: now)
      return
    }
    if let fault = list.fault ?? (list.isTooLarge ? WireFault(rule: .trailerTooLarge, offset: 0) : nil) {
      return refuse(fault, list, driver, at: now)
    }
    phase = .complete
    driver.responseEnded(trailers: list.trailerFields, in: ByteBuffer(bytes: list.bytes), at: now)
  }

  /// The attempt has failed for a reason that the connection knows.
  func failed(_ cause: Cause, at now: Instant) {
    guard let driver, phase != .complete, phase != .over else { return }
    if phase == .tunnelling {
      driver.handle(.upstreamEnded(.reset, bytes: bytesReceived), at: now)
    } else {
      driver.handle(.responseRefused(cause), at: now)
    }
    driver.settle()
  }

  /// The connection is gone, by itself or by the endpoint's doing.
  func connectionEnded(_ end: UpstreamEnd, at now: Instant) {
    guard let driver, phase != .complete, phase != .over else { return }
    switch phase {
    // Among others under way it was no idle connection that the endpoint had given up.
    case .awaitingHead where !followsIdle && end == .closed:
      driver.handle(.responseRefused(.closedBeforeResponse), at: now)
    case .awaitingHead where !followsIdle && end == .reset:
      driver.handle(.responseRefused(.resetBeforeResponse), at: now)
    case .awaitingHead, .receivingBody, .tunnelling, .complete, .over:
      driver.handle(.upstreamEnded(end, bytes: phase == .awaitingHead ? 0 : bytesReceived), at: now)
    }
    driver.settle()
  }

  /// Every byte that the head declared has come.
  var hasWholeBody: Bool { phase == .receivingBody && declared == received }

  var bodyProgress: BodyProgress? { declared.map { BodyProgress(declared: $0, received: received) } }
}

extension HTTP2UpstreamStream: UpstreamStream, HTTP2Sender {
  func sendRequestHead(_ plan: RequestPlan, of driver: ExchangeDriver) {
    requestMethod = driver.head.method
    isTunnel = plan.upgrades
    driver.appendHTTP2Request(plan, endpoint: connection.endpoint, to: &outgoing.head)
    bytesSent += UInt64(outgoing.head.count)
    let hasBody = driver.head.framing != .none && driver.head.framing != .length(0)
    outgoing.ends = !hasBody && !isTunnel
  }

  func sendBody(_ bytes: ByteBuffer) {
    guard phase != .over else { return }
    bytesSent += UInt64(bytes.readableBytes)
    outgoing.append(bytes)
    guard outgoing.count > HTTP2Outgoing.countHigh else { return }
    connection.send(self)
    guard !outgoing.isFull, isFull else { return }
    outgoing.isFull = true
    driver?.handle(.upstreamFull, at: Clock.now())
  }

  func sendTunnelBytes(_ bytes: ByteBuffer) { sendBody(bytes) }

  func sendEnd() { if !isTunnel { outgoing.ends = true } }

  func halfClose() {
    outgoing.ends = true
    flush()
  }

  func flush() {
    guard phase != .over else { return }
    connection.send(self)
    connection.flushSoon()
  }

  func pauseReading() { isPaused = true }

  func resumeReading() {
    isPaused = false
    connection.machine.took(owed, on: id)
    owed = 0
    connection.flushSoon()
  }

  var isFull: Bool { outgoing.count > HTTP2Outgoing.countHigh }
  var pendingBytes: Int { outgoing.count }

  func sentSome() {
    guard outgoing.isFull, outgoing.count <= HTTP2Outgoing.countLow else { return }
    outgoing.isFull = false
    driver?.handle(.upstreamReady, at: Clock.now())
    driver?.settle()
  }

  func sentEnd() {}

  /// The exchange is over, well: the stream ends by itself once its request was written.
  func release() {
    driver = nil
    guard phase != .over else { return }
    if outgoing.isDone { connection.over(self) } else { close() }
  }

  func close() {
    driver = nil
    guard phase != .over else { return }
    connection.cancel(self)
  }
}
