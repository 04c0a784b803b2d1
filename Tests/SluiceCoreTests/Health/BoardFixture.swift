import SluiceCore

/// A board with the time and the rows of events that tests give it.
struct BoardFixture {
  var board: HealthBoard
  var now = Instant(nanoseconds: 1_000_000_000_000)
  private var exchange: UInt64 = 0

  init(_ endpoints: [HealthEndpoint], policy: HealthPolicy = HealthPolicy()) {
    board = HealthBoard(policy: policy, endpoints: endpoints, at: now)
  }

  init(count: Int, policy: HealthPolicy = HealthPolicy()) {
    self.init((0..<count).map { HealthEndpoint(identity: UInt64($0) + 100) }, policy: policy)
  }

  static func policy(_ change: (inout HealthPolicy) -> Void) -> HealthPolicy {
    var policy = HealthPolicy()
    change(&policy)
    return policy
  }

  var view: HealthView { board.view }
  func standing(_ index: Int) -> Standing { board.view.states[index].standing }
  func reason(_ index: Int) -> StandingReason { board.view.states[index].reason }

  mutating func pass(_ span: TimeSpan) { now = now + span }

  /// No jitter unless it is asked for: 0 takes nothing of an ejection's time.
  @discardableResult
  mutating func handle(_ event: HealthEvent, random: UInt64 = 0) -> [StandingChange] {
    board.handle(event, at: now, random: random)
  }

  /// An attempt of an exchange of its own.
  @discardableResult
  mutating func fail(_ index: Int, _ cause: Cause = .connectRefused, began: Instant? = nil, random: UInt64 = 0)
    -> [StandingChange]
  {
    exchange += 1
    return handle(.failed(index, cause, exchange: exchange, began: began ?? now), random: random)
  }

  @discardableResult
  mutating func succeed(_ index: Int, is5xx: Bool = false, began: Instant? = nil) -> [StandingChange] {
    handle(.succeeded(index, is5xx: is5xx, began: began ?? now))
  }

  mutating func probe(tried: [Int] = [], only: Int? = nil) -> Int? {
    board.grantProbe(tried: EndpointSet(tried), only: only, at: now)
  }

  /// A second in which each endpoint gives so many answers, and so many 5xx among them.
  @discardableResult
  mutating func second(_ answers: [(UInt32, UInt32)]) -> [StandingChange] {
    for (index, answer) in answers.enumerated() {
      handle(.counted(index, answers: answer.0, answers5xx: answer.1))
    }
    pass(.seconds(1))
    return handle(.secondPassed)
  }
}

extension Standing {
  var isEjected: Bool {
    if case .ejected = self { true } else { false }
  }

  var isReturning: Bool {
    if case .returning = self { true } else { false }
  }
}
