internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// A client's stream: one exchange, or a tunnel of an extended CONNECT.
///
/// It is used again for another stream once it is over, so that its storage is not made anew for each request.
final class HTTP2DownstreamStream {
  enum Phase: Equatable {
    /// An exchange is under way; whether its body is asked for.
    case exchange(bodyWanted: Bool)
    case tunnel
    /// The exchange is over; the rest of the response is on its way.
    case lingering
    /// Nobody's.
    case over
  }

  let worker: Worker
  var connection: HTTP2DownstreamConnection?
  var id: UInt32 = 0
  var driver: ExchangeDriver?
  var phase = Phase.over
  var outgoing = HTTP2Outgoing()
  /// Content that arrived before it was asked for.
  private var held: ByteBuffer?
  /// The client's last byte has come, and nobody was told yet.
  private var endWaits = false
  private var isPaused = false
  /// Bytes that were passed on while reading is paused: the client may not send as many again yet.
  private var owed = 0
  /// The request has no content that the exchange waits for.
  private var isWhole = false
  private(set) var entry: TimerWheel.Entry?
  var deadline = Instant.never
  private var scheduledFor = Instant.never
  private(set) var bytesIn: UInt64 = 0
  var bytesOut: UInt64 = 0

  init(worker: Worker) { self.worker = worker }

  // MARK: Life

  func begin(_ id: UInt32, on connection: HTTP2DownstreamConnection, bytes: Int) {
    self.id = id
    self.connection = connection
    phase = .exchange(bodyWanted: false)
    held = nil
    endWaits = false
    isPaused = false
    owed = 0
    isWhole = false
    bytesIn = UInt64(bytes)
    bytesOut = 0
    outgoing.clear()
    entry = worker.timers.add(self)
    scheduledFor = .never
    deadline = .never
  }

  /// The head was read.
  ///
  /// - Parameter isWhole: no content follows.
  func headRead(isWhole: Bool) { self.isWhole = isWhole }

  /// The client has left the stream, or its connection.
  func clientGone(at now: Instant) {
    driver?.handle(.clientGone, at: now)
    leave()
  }

  /// The stream is nobody's any longer.
  func leave() {
    guard phase != .over else { return }
    phase = .over
    driver = nil
    held = nil
    connection?.stopWaiting(self)
    outgoing.clear()
    deadline = .never
    let connection = connection
    self.connection = nil
    connection?.over(self)
  }

  /// Nobody asks for its time any longer.
  func retire() {
    if let entry { worker.timers.remove(entry) }
    entry = nil
  }

  // MARK: Content in

  func dataArrived(_ bytes: ByteBuffer, endsStream: Bool, at now: Instant) {
    bytesIn += UInt64(bytes.readableBytes)
    switch phase {
    case .tunnel:
      pass(bytes) { $0.tunnelBytes(bytes, from: .downstream, at: now) }
      if endsStream { driver?.handle(.tunnelHalfEnded(.downstream), at: now) }
      settleLater()
    case .exchange(bodyWanted: true):
      pass(bytes) { $0.requestBody(bytes, at: now) }
      if endsStream { requestEnded(at: now) }
      settleLater()
    case .exchange(bodyWanted: false):
      hold(bytes)
      if endsStream { endWaits = true }
    // Not asked for any longer: the client's window stays as it is.
    case .lingering:
      if endsStream, outgoing.isDone { leave() }
    case .over:
      break
    }
  }

  private func settleLater() {
    if let driver { connection?.settleLater(driver) }
  }

  /// A trailer section of the request. RFC 9110 section 6.5.1 lets us drop it, as no upstream may count on it.
  func trailersArrived(at now: Instant) { dataArrived(ByteBuffer(), endsStream: true, at: now) }

  private func pass(_ bytes: ByteBuffer, _ event: (ExchangeDriver) -> Void) {
    guard bytes.readableBytes > 0, let driver else { return }
    event(driver)
    if isPaused { owed += bytes.readableBytes } else { connection?.machine.took(bytes.readableBytes, on: id) }
  }

  /// At most a window of it, copied out of its receive buffer.
  private func hold(_ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0 else { return }
    var kept = held ?? ByteBuffer()
    held = nil
    kept.writeImmutableBuffer(bytes)
    held = kept
  }

  private func requestEnded(at now: Instant) {
    phase = .exchange(bodyWanted: false)
    guard !isWhole else { return }
    isWhole = true
    driver?.handle(.requestEnded, at: now)
  }

  fileprivate func deliverHeld() {
    let now = Clock.now()
    if let bytes = held {
      held = nil
      pass(bytes) { $0.requestBody(bytes, at: now) }
    }
    // The exchange may have changed its mind over the bytes.
    guard endWaits, phase == .exchange(bodyWanted: true) else { return }
    endWaits = false
    requestEnded(at: now)
  }

  fileprivate func dropHeld() -> Bool {
    if let bytes = held { connection?.machine.took(bytes.readableBytes, on: id) }
    held = nil
    return isWhole || endWaits || connection?.machine.isEndedThere(id) != false
  }

  /// What the client sent behind its request belongs to the tunnel.
  func startTunnel() {
    phase = .tunnel
    let now = Clock.now()
    if let bytes = held {
      held = nil
      pass(bytes) { $0.tunnelBytes(bytes, from: .downstream, at: now) }
    }
    guard endWaits else { return }
    endWaits = false
    driver?.handle(.tunnelHalfEnded(.downstream), at: now)
  }
}

extension HTTP2DownstreamStream {
  func startBody() {
    guard case .exchange = phase else { return }
    phase = .exchange(bodyWanted: true)
    deliverHeld()
  }

  func holdBody() {
    guard case .exchange = phase else { return }
    phase = .exchange(bodyWanted: false)
  }

  func pauseReading() { isPaused = true }

  func resumeReading() {
    isPaused = false
    connection?.machine.took(owed, on: id)
    owed = 0
  }

  func discardHeldBody() -> Bool { dropHeld() }

  // MARK: Time

  func setDeadline(_ deadline: Instant) {
    self.deadline = deadline
    guard deadline < scheduledFor, let entry else { return }
    scheduledFor = deadline
    worker.timers.schedule(entry, by: deadline)
  }
}

extension HTTP2DownstreamStream: TimerOwner {
  func timerCame(at now: Instant) -> Instant {
    scheduledFor = .never
    if deadline <= now {
      deadline = .never
      switch phase {
      case .exchange, .tunnel: driver?.deadlineCame(at: now)
      case .lingering: connection?.giveUp(self)
      case .over: break
      }
    }
    scheduledFor = min(scheduledFor, deadline)
    return deadline
  }
}
