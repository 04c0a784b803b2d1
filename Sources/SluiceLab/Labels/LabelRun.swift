public import NIOCore
internal import SluiceCore

/// Sends every scenario through one gateway, each request with a marker of its own, and keeps what is true of each.
public struct LabelRun: Sendable {
  public let gateway: ScoredGateway
  private let group: any EventLoopGroup
  /// How long one scenario may take on one connection.
  public var limitSeconds = 12
  /// Scenarios at the same time.
  public var width = 24

  /// - Parameter group: serves the connections and stays the caller's.
  public init(_ gateway: ScoredGateway, group: any EventLoopGroup) {
    self.gateway = gateway
    self.group = group
  }

  /// - Parameters:
  ///   - scenarios: the ones that the gateway can reach.
  ///   - progress: is told how many scenarios are done.
  public func labels(
    _ scenarios: [Scenario], progress: @Sendable (Int) -> Void = { _ in }
  ) async -> [Label] {
    let client = ProbeClient(gateway: gateway, group: group, limit: .seconds(Int64(limitSeconds)))
    let labels = await withTaskGroup(of: (Int, [Label]).self) { tasks in
      var labels: [Int: [Label]] = [:]
      var rest = scenarios.enumerated().makeIterator()
      func begin() {
        guard let (index, scenario) = rest.next() else { return }
        tasks.addTask { (index, await self.labels(scenario, client)) }
      }
      for _ in 0..<max(width, 1) { begin() }
      for await (index, found) in tasks {
        labels[index] = found
        progress(labels.count)
        begin()
      }
      return labels
    }
    return scenarios.indices.flatMap { labels[$0] ?? [] }
  }

  private func labels(_ scenario: Scenario, _ client: ProbeClient) async -> [Label] {
    // Longer rows of turns than any scenario has: those that nobody sends are not asked for.
    let markers = (1...max(scenario.request.requests, 2)).map { "\(scenario.name).\($0)" }
    let subject = ScoreSubject(scenario, authority: gateway.authority, labels: markers)
    let answers = await client.run(subject.turns)
    return subject.turns.indices.map { index in
      Self.label(
        scenario, marker: markers[index], isLast: index == subject.turns.count - 1 || subject.isRepeated,
        answer: index < answers.count ? answers[index] : nil)
    }
  }

  /// Only the last request of a row shows the behaviour; those before it are answered well.
  static func label(_ scenario: Scenario, marker: String, isLast: Bool, answer: Answer?) -> Label {
    let expected = scenario.expected
    return Label(
      marker: marker, scenario: scenario.name, transport: scenario.transport, method: scenario.request.method,
      path: scenario.gatewayTarget, cause: isLast ? expected.cause : nil,
      alternatives: isLast ? expected.alternativeCauses : [],
      indistinguishable: isLast ? expected.indistinguishableFrom : [], status: answer?.status,
      outcome: outcome(answer))
  }

  static func outcome(_ answer: Answer?) -> Label.Outcome {
    guard let answer else { return .unsent }
    switch ScoreRules.outcome(of: answer) {
    case .whole: return .whole
    case .cut: return .cut
    case .closed: return .closed
    case .garbage: return .garbage
    // The client's patience ended, or it had seen enough of a body without end.
    case .hung, .stalled: return .left
    }
  }
}
