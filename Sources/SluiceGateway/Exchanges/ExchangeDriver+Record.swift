internal import NIOCore
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

// The record: phase times of attempts, and the one line at the end.

extension ExchangeDriver {
  func beginAttempt() {
    var attempt = AttemptRecord()
    attempt.endpoint = EndpointID(upstream: record.upstream, endpoint: UInt16(truncatingIfNeeded: endpointIndex))
    attempt.startedAt = now
    attempt.access = pickAccess
    attempts.append(attempt)
    appearance = nil
  }

  func recordLease(_ facts: LeaseFacts, age: TimeSpan, idle: TimeSpan, at now: Instant) {
    attempts.mutateLast { attempt in
      attempt.isReused = facts.isReused
      attempt.connectionUses = facts.uses
      attempt.connectionAge = Int32(clamping: age.inMilliseconds)
      attempt.connectionIdle = Int32(clamping: idle.inMilliseconds)
      attempt.phase = .wait
      // What was waited for is everything up to here that no other phase has claimed.
      if facts.isReused { attempt.queue = microseconds(from: attempt.startedAt, to: now) }
    }
  }

  func recordConnect(_ change: (inout AttemptRecord) -> Void) {
    attempts.mutateLast(change)
  }

  /// The last byte of the request was handed to the socket.
  func recordSent(at now: Instant) {
    attempts.mutateLast { attempt in
      let before = max(attempt.queue, 0) + max(attempt.resolve, 0) + max(attempt.connect, 0) + max(attempt.tls, 0)
      attempt.send = max(microseconds(from: attempt.startedAt, to: now) - before, 0)
      if attempt.phase == .send { attempt.phase = .wait }
    }
  }

  func record(firstByteAt now: Instant, status: UInt16) {
    attempts.mutateLast { attempt in
      attempt.firstByte = microseconds(from: attempt.startedAt, to: now)
      attempt.status = status
      attempt.phase = .receive
    }
    // A head is what a probe waits for; its body may go on for hours.
    if pickAccess.isNews { upstreamState?.answered(endpointIndex, status: status, by: self, at: now) }
  }

  func endAttempt(_ cause: Cause?) {
    let sent = upstream?.bytesSent ?? 0
    let received = upstream?.bytesReceived ?? 0
    let error = systemError
    var latency: TimeSpan?
    var (isReused, firstByte): (Bool, Int32) = (false, -1)
    attempts.mutateLast { attempt in
      (isReused, firstByte) = (attempt.isReused, attempt.firstByte)
      attempt.cause = cause
      attempt.endedAt = now
      attempt.systemError = error
      attempt.bytesSent = sent
      attempt.bytesReceived = received
      let whole = microseconds(from: attempt.startedAt, to: now)
      if attempt.firstByte >= 0 {
        attempt.receive = whole - attempt.firstByte
        latency = .microseconds(Int64(attempt.firstByte))
      }
      if cause == nil { attempt.phase = .done }
      // Bytes came, but never a whole head.
      if cause != nil, attempt.phase == .wait, received > 0 { attempt.phase = .receive }
    }
    upstreamState?.ended(endpointIndex, latency: latency, at: now)
    if let upstreamState, upstreamState.samples != nil, let attempt = attempts.last {
      upstreamState.sample(attempt, hadWaited: heldBackBy != nil, at: now)
    }
    upstreamState?.countAttempt(of: self)
    if let upstreamState {
      upstreamState.tally.counts.addResponse(microseconds: firstByte)
      upstreamState.endpoints[endpointIndex].tally.counts.add(isReused: isReused, firstByte: firstByte, cause: cause)
    }
    if let cause { attemptFailed(cause) } else { upstreamState?.succeeded(endpointIndex, by: self, at: now) }
    systemError = 0
  }

  /// The pieces of evidence that are gone once the attempt's connection is.
  private func attemptFailed(_ cause: Cause) {
    if let upstream, attempts.last?.phase == .receive { bodySeen = upstream.bodyProgress }
    upstreamState?.failed(endpointIndex, cause, by: self, at: now)
  }

  /// Another attempt of the same exchange is no further evidence against an endpoint.
  var isFirstFailureHere: Bool {
    guard let last = attempts.last else { return false }
    return !attempts.dropLast().contains { $0.endpoint == last.endpoint && $0.cause != nil }
  }

  /// Exactly once for each exchange, its last effect. The driver goes back to its worker.
  func writeRecord() {
    record.cause = exchange.cause ?? applicationCause
    record.phase = exchange.phase
    record.rule = fault?.rule
    record.notRetriedBecause = exchange.notRetriedBecause
    record.isAborted = exchange.isAborted
    record.isGenerated = exchange.isGenerated
    if exchange.cause == .clientAborted, record.status == 0 { record.status = Cause.clientAborted.status }
    record.total = now - record.startedAt
    worker.write(self)
    worker.takeBack(self)
  }

  /// The application's own 5xx is recorded as the application's.
  private var applicationCause: Cause? {
    record.status >= 500 && !exchange.isGenerated ? .upstreamStatus : nil
  }
}

extension AttemptRecord {
  /// How long the application took: from the request having been sent to the head of its response, or to the end of our
  /// patience. nil where it says nothing of how busy the application is: there was no answer, or it was a failure,
  /// which may be quicker than work.
  func answerTime(at now: Instant) -> TimeSpan? {
    if cause == .responseHeaderTimeout { return now - startedAt }
    guard firstByte >= 0, (100..<500).contains(status) else { return nil }
    let before = max(queue, 0) + max(resolve, 0) + max(connect, 0) + max(tls, 0) + max(send, 0)
    return .microseconds(Int64(max(firstByte - before, 1)))
  }
}

func microseconds(from start: Instant, to end: Instant) -> Int32 {
  Int32(clamping: (end - start).inMicroseconds)
}

extension Array {
  /// Changes the last element in place, where there is one.
  mutating func mutateLast(_ change: (inout Element) -> Void) {
    guard !isEmpty else { return }
    change(&self[count - 1])
  }
}
