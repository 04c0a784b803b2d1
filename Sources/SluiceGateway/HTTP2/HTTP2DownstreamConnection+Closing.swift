internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// How the connection ends, and what time means to it.

extension HTTP2DownstreamConnection {
  /// For how long streams that were on their way when the client was warned are still taken.
  private static let warning = TimeSpan.seconds(1)
  /// The PING behind a warning: its answer says that the client has read it.
  static let warningPing: UInt64 = 0x736c_7569_6365

  /// The client is told to begin no more streams; those under way end as they would have.
  func drain(until limit: Instant) {
    guard phase == .open else { return }
    machine.goAway(isFinal: false)
    machine.ping(Self.warningPing)
    phase = .warned(until: min(limit, Clock.now() + Self.warning))
    flushSoon()
    setDeadline(nextDeadline)
  }

  func pingAnswered() {
    if case .warned = phase { sayLast() }
  }

  /// What the client had begun by now is taken, nothing later.
  private func sayLast() {
    machine.goAway()
    phase = .closing
    if hasStreams { flushSoon() } else { close() }
  }

  /// Ends the connection behind the last byte. A client that is still sending would lose that byte to a reset, so what
  /// it sends is dropped for a while first.
  func close() {
    guard let context else { return }
    switch phase {
    case .closed, .lingering: return
    case .open, .warned, .closing: break
    }
    phase = .lingering(dropped: 0)
    setDeadline(Clock.now() + Linger.time)
    takeControl()
    flush()
    let promise = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: promise)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in bound.value.close(mode: .output, promise: nil) }
  }

  func refuseConnection() {
    machine.goAway(.enhanceYourCalm)
    phase = .closing
    close()
  }

  func drop(_ count: Int) {
    guard case .lingering(let dropped) = phase else { return }
    phase = .lingering(dropped: dropped + count)
    if dropped + count > Linger.bytes { closeNow() }
  }

  /// Cuts the connection and what is under way on it.
  func closeNow() {
    guard phase != .closed else { return }
    phase = .closed
    leaveStreams()
    cut()
  }

  /// The client broke a rule of the connection; GOAWAY says which kind.
  func failed(_ fault: HTTP2Fault) {
    worker.counters.http2Faults += 1
    if let held = worker.http2FaultLines.take(at: Clock.now()) {
      let more = held > 0 ? " (\(held) more before)" : ""
      worker.services.logger.info(
        "closed the HTTP/2 connection of \(client.address): \(fault.rule.identifier)\(more)")
    }
    leaveStreams()
    close()
  }

  // MARK: Events of the channel

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? ChannelEvent, event == .inputClosed else {
      return context.fireUserInboundEventTriggered(event)
    }
    // Whoever does not listen has no streams (RFC 9113 section 5.4 needs both directions).
    leaveStreams()
    closeNow()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A FIN without close_notify is told as a FIN next.
    if !error.isUncleanEnd { cut() }
  }

  // MARK: Time

  /// A connection without streams ends after a while, and one that never began sooner.
  var nextDeadline: Instant {
    switch phase {
    case .open:
      guard !hasStreams else { return .never }
      return machine.hasPeerSettings ? idleSince + listener.timeouts.idle : accepted + listener.timeouts.head
    case .warned(let until): return until
    case .closing: return .never
    case .lingering, .closed: return deadline
    }
  }

  func deadlineCame(at now: Instant) {
    switch phase {
    case .open:
      machine.goAway()
      phase = .closing
      close()
    case .warned: sayLast()
    case .lingering: closeNow()
    case .closing, .closed: break
    }
  }
}
