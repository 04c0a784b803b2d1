/// How a gateway did in all scenarios.
public struct GatewayScore: Sendable {
  /// Right answers to one question, of those that were judged.
  public struct Count: Sendable, Equatable {
    public var right = 0
    public var judged = 0
  }

  public let gateway: ScoredGateway
  /// In the order of the catalogue.
  public let scenarios: [ScenarioScore]

  public init(gateway: ScoredGateway, scenarios: [ScenarioScore]) {
    self.gateway = gateway
    self.scenarios = scenarios
  }

  public var status: Count { count(scenarios, \.status) }
  public var type: Count { count(scenarios, \.type) }
  public var cause: Count { count(scenarios, \.cause) }
  public var who: Count { count(scenarios, \.who) }
  public var leaks: Int { scenarios.filter { $0.leak != nil }.count }
  public var silences: Int { scenarios.filter { $0.silence != nil }.count }
  public var isRight: Bool { scenarios.allSatisfy(\.isRight) }

  /// The status column of one side.
  public func status(_ side: ScoreSubject.Side) -> Count { count(scenarios.filter { $0.side == side }, \.status) }

  private func count(_ scenarios: [ScenarioScore], _ mark: KeyPath<ScenarioScore, Mark>) -> Count {
    let judged = scenarios.filter { $0[keyPath: mark] != .notJudged }
    return Count(right: judged.filter { $0[keyPath: mark] == .right }.count, judged: judged.count)
  }
}
