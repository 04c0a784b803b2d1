internal import SluiceWire

// How an exchange ends other than well: an answer in our own name before the head went out, an abort after it.

extension Exchange {
  /// Ends the exchange with a cause, whatever it was doing, without another attempt.
  mutating func fail(_ cause: Cause) -> ExchangeEffects {
    var effects = ExchangeEffects()
    if case .finished = stage { return effects }
    self.cause = cause
    giveUp(for: cause)
    let ended = stage
    deadlines.clear()
    stage = .finished
    switch ended {
    case .idle, .routing, .admitting, .picking, .retrying, .pausing:
      break
    case .waiting:
      effects.append(.leaveQueue)
    case .leasing, .awaiting:
      effects.append(.endAttempt(cause))
      effects.append(.closeUpstream)
    case .relaying(let relay):
      effects.append(.endAttempt(cause))
      effects.append(.closeUpstream)
      return abort(effects, hasDeclaredEnd: relay.framing != .untilClose)
    case .tunnelling:
      effects.append(.endAttempt(cause))
      effects.append(.closeUpstream)
      return abort(effects, hasDeclaredEnd: false)
    case .flushing:
      // Every byte was handed over; only the client's taking them failed.
      isAborted = true
      effects.append(.abort(reset: true))
      effects.append(.record)
      return effects
    case .finished:
      return effects
    }
    return respond(cause, after: effects)
  }

  /// The answer in our own name: its bytes are few, so nothing of it is waited for here.
  mutating func respond(_ cause: Cause, after effects: ExchangeEffects = ExchangeEffects()) -> ExchangeEffects {
    var effects = effects
    self.cause = cause
    isGenerated = true
    stage = .finished
    deadlines.clear()
    if holdsPermit { effects.append(.releasePermit) }
    holdsPermit = false
    effects.append(.respond(cause))
    effects.append(.record)
    return effects
  }

  private mutating func abort(_ effects: ExchangeEffects, hasDeclaredEnd: Bool) -> ExchangeEffects {
    var effects = effects
    isAborted = true
    if holdsPermit { effects.append(.releasePermit) }
    holdsPermit = false
    effects.append(.abort(reset: !hasDeclaredEnd))
    effects.append(.record)
    return effects
  }

  /// Says why a failed attempt is the last one, where the decision about a replay was never asked.
  private mutating func giveUp(for cause: Cause) {
    guard notRetriedBecause == nil else { return }
    switch stage {
    case .idle, .routing, .admitting, .waiting, .flushing, .finished: return
    case .picking where attempts == 0: return
    case .picking, .retrying, .pausing, .leasing, .awaiting, .relaying, .tunnelling: break
    }
    if cause == .clientAborted {
      notRetriedBecause = .clientGone
    } else if hasHead {
      notRetriedBecause = .responseStarted
    } else if cause == .requestDeadline || cause == .poolQueueTimeout {
      notRetriedBecause = .deadline
    } else {
      notRetriedBecause = .policy
    }
  }

  private var hasHead: Bool {
    switch stage {
    case .relaying, .tunnelling: true
    case .idle, .routing, .admitting, .waiting, .picking, .retrying, .pausing, .leasing, .awaiting, .flushing,
      .finished:
      false
    }
  }

  /// The attempt failed before a final head. Another follows where the cause and the request allow it.
  mutating func attemptFailed(_ cause: Cause) -> ExchangeEffects {
    var wasSent = true
    if case .leasing = stage { wasSent = false }
    let replay = ReplayFacts(
      attemptsMade: attempts, attemptsAllowed: policy.attempts, wasSent: wasSent, isRepeatable: isRepeatable,
      hasBody: isBodyKept)
    switch decideReplay(after: cause, replay) {
    case .replay(let costsBudget):
      return prepareReplay(after: cause, costsBudget: costsBudget)
    case .stop(let reason):
      notRetriedBecause = reason
      return fail(cause)
    }
  }

  /// Lets go of the failed attempt, so that the next one finds everything as the first did.
  private mutating func prepareReplay(after cause: Cause, costsBudget: Bool) -> ExchangeEffects {
    var effects = ExchangeEffects(.endAttempt(cause), .closeUpstream)
    deadlines.clearAttempt()
    deadlines.clientRead = .never
    deadlines.clientWrite = .never
    self.cause = cause
    isUpstreamPaused = false
    if half == .arriving {
      half = .held
      effects.append(.holdRequestBody)
    }
    if isClientPaused {
      isClientPaused = false
      effects.append(.resumeClient)
    }
    stage = costsBudget ? .retrying : .picking
    effects.append(costsBudget ? .askBudget : .pick)
    return effects
  }

  mutating func replayGranted() -> ExchangeEffects {
    guard case .retrying = stage else { return impossible("replayGranted") }
    stage = .picking
    return ExchangeEffects(.pick)
  }

  mutating func replayRefused() -> ExchangeEffects {
    guard case .retrying = stage, let cause else { return impossible("replayRefused") }
    notRetriedBecause = .budget
    return respond(cause)
  }

  /// The client has left: nothing is answered, the attempt is cancelled, and the record says 499.
  mutating func clientGone() -> ExchangeEffects {
    var effects = ExchangeEffects()
    // What the client has taken of a message without a declared end must not look whole to it (DECISIONS 20).
    var reset = false
    giveUp(for: .clientAborted)
    switch stage {
    case .finished, .idle:
      return effects
    case .routing, .admitting, .picking, .retrying, .pausing:
      break
    case .waiting:
      effects.append(.leaveQueue)
    case .leasing, .awaiting:
      effects.append(.endAttempt(.clientAborted))
      effects.append(.closeUpstream)
    case .relaying(let relay):
      isAborted = true
      reset = relay.framing == .untilClose
      effects.append(.endAttempt(.clientAborted))
      effects.append(.closeUpstream)
    case .tunnelling:
      isAborted = true
      reset = true
      effects.append(.endAttempt(.clientAborted))
      effects.append(.closeUpstream)
    case .flushing:
      isAborted = true
      reset = true
    }
    cause = .clientAborted
    stage = .finished
    deadlines.clear()
    if holdsPermit { effects.append(.releasePermit) }
    holdsPermit = false
    effects.append(.abort(reset: reset))
    effects.append(.record)
    return effects
  }

  /// There is nobody to answer; the record says 499.
  mutating func headAbandoned() -> ExchangeEffects {
    guard case .idle = stage else { return impossible("headAbandoned") }
    cause = .clientAborted
    stage = .finished
    return ExchangeEffects(.abort(reset: false), .record)
  }
}
