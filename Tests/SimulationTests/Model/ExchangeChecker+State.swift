internal import SluiceCore

// What must hold between two events, and at the end.

extension ExchangeChecker {
  mutating func checkState(_ event: ExchangeEvent, _ exchange: Exchange) {
    require(
      exchange.isFinished == isRecorded, "finished is \(exchange.isFinished), recorded \(isRecorded) after \(event)")
    require(
      exchange.attempts == attemptsBegun || question == .lease, "\(exchange.attempts) attempts, \(attemptsBegun) begun")
    if isRecorded {
      summary = Summary(exchange)
      checkEnd(exchange)
      return
    }
    let deadlines = exchange.deadlines
    let isConnecting = hasLease && !isConnected && !isLeaseQueued
    if question == nil, facts != nil, !isConnecting {
      require(deadlines.earliest != .never, "nothing is waited for after \(event): the exchange could hang")
    }
    require((deadlines.pause != .never) == isPausing, "a pause that does not end, or an end without a pause")
    if isLeaseQueued || permit == .queued {
      require(deadlines.queue != .never, "a queue without a deadline")
    } else {
      require(deadlines.queue == .never, "a queue deadline without a queue")
    }
    if requestEnded || isClientPaused || !wantsBody {
      require(deadlines.clientRead == .never, "the client's silence counts although nothing is wanted of it")
    }
    if isUpstreamPaused {
      require(deadlines.upstreamRead == .never, "the upstream's silence counts although it is paused")
      require(deadlines.clientWrite != .never, "a paused upstream without a deadline for the client")
    }
    if isClientPaused, isConnected {
      require(deadlines.upstreamWrite != .never, "a paused client without a deadline for the upstream")
    }
    if isClientFull, isConnected, finalHead != nil || isTunnel {
      require(isUpstreamPaused, "the upstream is read although the client is full")
    }
    if exchange.dropsRequest {
      require(finalHead != nil, "a request is dropped although no response is on its way")
      require(!isClientPaused, "a client that is paused although what it sends is dropped")
    } else if isUpstreamFull, isConnected, wantsBody, !requestEnded {
      require(isClientPaused, "the client is read although the upstream is full")
    }
    if finalHead != nil || isTunnel {
      require(deadlines.request == .never && deadlines.responseHead == .never, "a head is waited for after it came")
    }
  }

  func checkEnd(_ exchange: Exchange) {
    require(exchange.deadlines.earliest == .never, "a deadline after the end")
    require(exchange.isFinished, "an exchange that began again")
    require(attemptsBegun == attemptsEnded, "\(attemptsBegun) attempts begun, \(attemptsEnded) ended")
    if case .some(.some(let cause)) = lastEnd {
      require(exchange.notRetriedBecause != nil, "no reason why \(cause) was not followed by another attempt")
    } else {
      require(exchange.notRetriedBecause == nil, "a reason against another attempt where none was wanted")
    }
    if endings == [.finishClient] || endings == [.answer] {
      require(exchange.cause == nil, "a cause where nothing failed: \(String(describing: exchange.cause))")
    } else {
      require(exchange.cause != nil, "a failure without a cause")
    }
    require(
      exchange.isAborted == (endings == [.abort] && (finalHead != nil || isTunnel)),
      "isAborted is \(exchange.isAborted)")
  }
}
