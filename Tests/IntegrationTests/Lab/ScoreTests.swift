import NIOPosix
import SluiceLab
import Testing

extension Integration {
  /// The score that users see, over the gateway itself with the configuration that the lab writes for it.
  @Suite struct ScoreTests {
    @Test(.timeLimit(.minutes(2)))
    func everyScenarioIsRightInStatusTypeCauseAndOwner() async throws {
      try await withLab { lab in
        let plan = GatewayPlan(host: "127.0.0.1", port: 0, routes: lab.routes)
        try await withGateway(GatewayKind.sluice.configuration(plan)) { gateway in
          let target = try #require(ScoredGateway(url: "http://127.0.0.1:\(gateway.port)", name: "sluice"))
          let score = await ScoreRun(target, group: MultiThreadedEventLoopGroup.singleton).score()
          for scenario in score.scenarios where !scenario.isRight {
            Issue.record("\(scenario.name): \(scenario.seen), \(scenario.complaints.joined(separator: ", "))")
          }
          #expect(score.scenarios.count >= LabCatalogue.scenarios.count + 20)
          // A rule that judges nothing would be right about everything.
          #expect(score.status.judged >= 400 && score.type.judged >= 250)
          #expect(score.cause.judged == score.type.judged && score.who.judged == score.cause.judged)
          #expect(score.leaks == 0 && score.silences == 0)
          let skipped = score.scenarios.filter { $0.skipped != nil }.map(\.name)
          let unspoken = LabCatalogue.scenarios.filter { !GatewayKind.sluice.speaks($0.transport) }.map(\.name)
          #expect(skipped == (LabServer.arePermissionsEnforced ? [] : ["unix-socket-permission"]) + unspoken)
        }
      }
    }
  }
}
