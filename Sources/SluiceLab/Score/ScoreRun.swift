public import NIOCore

/// Drives every scenario through one gateway.
public struct ScoreRun: Sendable {
  public let gateway: ScoredGateway
  private let group: any EventLoopGroup
  /// How long one scenario may take on one connection.
  public var limitSeconds = 12
  /// Scenarios at the same time. With 24 of them a run stays below two minutes even where every tenth waits for its
  /// limit.
  public var width = 24

  /// - Parameter group: serves the connections and stays the caller's.
  public init(_ gateway: ScoredGateway, group: any EventLoopGroup) {
    self.gateway = gateway
    self.group = group
  }

  /// - Parameters:
  ///   - subjects: nil for all of them.
  ///   - progress: is told how many scenarios are done.
  public func score(
    _ subjects: [ScoreSubject]? = nil, progress: @Sendable (Int) -> Void = { _ in }
  ) async -> GatewayScore {
    let subjects = subjects ?? ScoreSubject.all(authority: gateway.authority)
    let client = ProbeClient(gateway: gateway, group: group, limit: .seconds(Int64(limitSeconds)))
    let scores = await withTaskGroup(of: (Int, ScenarioScore).self) { tasks in
      var scores: [Int: ScenarioScore] = [:]
      var rest = subjects.enumerated().makeIterator()
      func begin() {
        guard let (index, subject) = rest.next() else { return }
        tasks.addTask { (index, ScoreRules(subject: subject, answers: await client.run(subject.turns)).score()) }
      }
      for _ in 0..<max(width, 1) { begin() }
      for await (index, score) in tasks {
        scores[index] = score
        progress(scores.count)
        begin()
      }
      return scores
    }
    return GatewayScore(gateway: gateway, scenarios: subjects.indices.compactMap { scores[$0] })
  }
}
