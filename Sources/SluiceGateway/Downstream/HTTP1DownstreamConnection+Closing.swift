internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// How a connection ends, and what time means to it.

/// What is dropped behind our last byte, before the connection is cut (DECISIONS 19).
enum Linger {
  static let time = TimeSpan.seconds(2)
  /// Bytes.
  static let bytes = 1 << 20
}

extension HTTP1DownstreamConnection {
  /// The exchange is over; everything of its response was handed over.
  func finish(reuse: Bool) {
    let hadWholeRequest = decoder.isComplete
    flush()
    driver = nil
    // Also while draining: a client that was told nothing else may have sent its next request by now.
    if reuse, announcedKeepAlive {
      awaitNext()
    } else {
      end(drainsInput: !hadWholeRequest || input != nil)
    }
  }

  /// Closes once the last byte was written. A client that is still sending would lose the response to a reset, so its
  /// bytes are dropped for a while first.
  private func end(drainsInput: Bool) {
    guard let context, phase != .closed else { return }
    let now = Clock.now()
    // A client of TLS answers our last word with its own before it leaves.
    let drainsInput = drainsInput || client.isSecure
    phase = .lingering(until: now + (drainsInput ? Linger.time : listener.timeouts.write), dropped: 0)
    setDeadline(now + (drainsInput ? Linger.time : listener.timeouts.write))
    input = nil
    setPausedByDriver(false)
    guard pendingBytes > 0 else { return lastByteWritten(drainsInput: drainsInput) }
    let promise = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: promise)
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in bound.value.lastByteWritten(drainsInput: drainsInput) }
  }

  private func lastByteWritten(drainsInput: Bool) {
    guard let context, phase != .closed else { return }
    context.close(mode: drainsInput ? .output : .all, promise: nil)
  }

  func drop(_ count: Int) {
    guard case .lingering(let until, let dropped) = phase else { return }
    phase = .lingering(until: until, dropped: dropped + count)
    if dropped + count > Linger.bytes { closeNow() }
  }

  /// Cuts the message: what was not taken by the kernel yet is never written. A head that waits goes out before, so
  /// that the client sees a message that was cut and not a connection that ended without an answer.
  func abort(reset: Bool) {
    if !reset, phase != .closed { flush() }
    driver = nil
    out = nil
    guard let context, phase != .closed else { return }
    if reset { SocketState.resetOnClose(context.channel) }
    phase = .closed
    cut()
  }

  func closeNow() {
    guard phase != .closed else { return }
    switch phase {
    case .exchange, .tunnel:
      driver?.handle(.clientGone, at: Clock.now())
    case .idle, .head, .lingering, .closed:
      break
    }
    guard phase != .closed else { return }
    phase = .closed
    cut()
  }

  /// One connection more than the listener allows: told so, and closed.
  func refuseConnection() {
    let now = Clock.now()
    let driver = worker.takeDriver()
    driver.begin(for: self, client: client, at: now)
    self.driver = driver
    phase = .exchange(bodyWanted: false)
    driver.handle(.requestRefused(.admissionShed), at: now)
  }

  /// The next request is the last: its answer says so. Until then the connection stays open, since a request may be on
  /// its way already, and a close that meets it loses it.
  ///
  /// - Parameter limit: when a client that has asked nothing meanwhile is left.
  func drain(until limit: Instant) {
    drainLimit = limit
    if phase == .idle { setDeadline(min(deadline, idleDeadline(at: Clock.now()))) }
  }

  /// When a connection on which nothing is asked ends.
  func idleDeadline(at now: Instant) -> Instant {
    let usual = now + listener.timeouts.idle
    return isDraining ? min(usual, max(drainLimit, now + Self.lastRequestGrace)) : usual
  }

  /// What a client gets at least for its next request where it was not told that the connection ends.
  private static let lastRequestGrace = TimeSpan.seconds(1)

  /// A timer and a request may come in one turn of the loop, and a close that leaves bytes unread resets. So the socket
  /// is polled once more before.
  private func closeUnlessAsked() {
    guard let context else { return }
    let (bound, seen) = (NIOLoopBound(self, eventLoop: context.eventLoop), requests)
    context.eventLoop.scheduleTask(in: Self.lastLook) {
      let connection = bound.value
      guard connection.phase == .idle, connection.requests == seen else { return }
      if connection.client.isSecure { connection.end(drainsInput: true) } else { connection.closeNow() }
    }
  }

  private static let lastLook = TimeAmount.milliseconds(1)

  // MARK: Time

  func setDeadline(_ deadline: Instant) {
    self.deadline = deadline
    // The wheel looks at us at `scheduledFor` anyway, and only then compares: a later deadline need not be told.
    guard deadline < scheduledFor, let entry else { return }
    scheduledFor = deadline
    worker.timers.schedule(entry, by: deadline)
  }

  func deadlinesMoved(to deadline: Instant) { setDeadline(deadline) }
}

extension HTTP1DownstreamConnection: TimerOwner {
  func timerCame(at now: Instant) -> Instant {
    scheduledFor = .never
    if deadline <= now { deadlineCame(at: now) }
    // Put back by the wheel itself, unless a shorter deadline was scheduled meanwhile.
    scheduledFor = min(scheduledFor, deadline)
    return deadline
  }

  private func deadlineCame(at now: Instant) {
    deadline = .never
    switch phase {
    case .idle:
      closeUnlessAsked()
    case .lingering:
      closeNow()
    case .head(let since):
      let driver = worker.takeDriver()
      driver.begin(for: self, client: client, at: since)
      self.driver = driver
      phase = .exchange(bodyWanted: false)
      driver.handle(.requestRefused(.requestHeadTimeout), at: now)
    case .exchange, .tunnel:
      driver?.deadlineCame(at: now)
    case .closed:
      break
    }
  }
}
