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

  /// How often, and after how many milliseconds each time, a gateway that does not listen is asked again: 5 s in all.
  private static let startPausesMax = 50
  private static let startPause = 100

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
    // HTTP/2 last, and few at a time: a gateway that crashes at it takes no other request with it.
    let order = scenarios.indices.filter { !scenarios[$0].transport.needsHTTP2 }
    let last = scenarios.indices.filter { scenarios[$0].transport.needsHTTP2 }
    var labels = await self.labels(scenarios, order, client, width: width, progress)
    let count = labels.count
    labels.merge(await self.labels(scenarios, last, client, width: max(width / 8, 1)) { progress(count + $0) }) { $1 }
    return scenarios.indices.flatMap { labels[$0] ?? [] }
  }

  private func labels(
    _ scenarios: [Scenario], _ order: [Int], _ client: ProbeClient, width: Int, _ progress: @Sendable (Int) -> Void
  ) async -> [Int: [Label]] {
    await withTaskGroup(of: (Int, [Label]).self) { tasks in
      var labels: [Int: [Label]] = [:]
      var rest = order.makeIterator()
      func begin() {
        guard let index = rest.next() else { return }
        tasks.addTask { (index, await self.labels(scenarios[index], client)) }
      }
      for _ in 0..<max(width, 1) { begin() }
      for await (index, found) in tasks {
        labels[index] = found
        progress(labels.count)
        begin()
      }
      return labels
    }
  }

  private func labels(_ scenario: Scenario, _ client: ProbeClient) async -> [Label] {
    // Longer rows of turns than any scenario has: those that nobody sends are not asked for.
    let markers = (1...max(scenario.request.requests, 2)).map { "\(scenario.name).\($0)" }
    let subject = ScoreSubject(scenario, authority: gateway.authority, labels: markers)
    var answers = await client.run(subject.turns)
    // Nothing was sent. Whoever started the gateway starts it again after a crash.
    for _ in 0..<Self.startPausesMax where answers.first?.end == .unreachable {
      try? await Task.sleep(for: .milliseconds(Self.startPause))
      answers = await client.run(subject.turns)
    }
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
      outcome: outcome(answer, isEndless: expected.timing == .endless))
  }

  static func outcome(_ answer: Answer?, isEndless: Bool = false) -> Label.Outcome {
    guard let answer else { return .unsent }
    // Whatever had come by then, there would have been more.
    if isEndless, answer.end == .timeLimit { return .left }
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
