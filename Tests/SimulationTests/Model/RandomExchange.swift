internal import SluiceCore

/// One exchange fed with drawn events, watched by the checker.
struct RandomExchange {
  private(set) var exchange = Exchange()
  private(set) var checker = ExchangeChecker()
  private(set) var trace: [String] = []
  private var generator: EventGenerator
  private var now = Instant(nanoseconds: 1_000_000_000)
  private let keepsTrace: Bool

  init(seed: UInt64, keepsTrace: Bool = false) {
    generator = EventGenerator(seed: seed)
    self.keepsTrace = keepsTrace
  }

  /// Events that a driver could say, until some time after the end.
  ///
  /// - Parameter stepsMax: a bound on a row of draws that never ends the exchange.
  mutating func runPossible(stepsMax: Int = 400) {
    var lateSteps = 6
    for _ in 0..<stepsMax where lateSteps > 0 && checker.violations.isEmpty {
      if checker.isRecorded { lateSteps -= 1 }
      step(generator.possible(after: checker))
    }
  }

  /// Any events: half of them such as could follow, so that every stage is reached. Impossible ones must not trap here.
  mutating func runAny(steps: Int = 60) {
    for _ in 0..<steps where checker.violations.isEmpty {
      step(generator.flip(4) ? generator.any() : generator.possible(after: checker))
    }
  }

  private mutating func step(_ event: ExchangeEvent) {
    advance(event)
    let effects = exchange.handle(event, at: now)
    // An impossible event was not believed: what follows it must be what follows a bug that was told.
    let wasRefused = exchange.cause == .proxyBug && !checker.isRecorded
    checker.check(wasRefused ? .bugFound : event, effects, exchange)
    if keepsTrace { trace.append("\(now.nanoseconds / 1_000_000) ms \(event) → \(effects.list)") }
  }

  /// Time goes on a little, or up to the deadline where that is what has come.
  private mutating func advance(_ event: ExchangeEvent) {
    if case .deadlineCame = event, exchange.deadlines.earliest != .never, !generator.flip(4) {
      now = max(now, exchange.deadlines.earliest)
    } else {
      now = now + .milliseconds(Int64(generator.random.next() % 50))
    }
  }
}
