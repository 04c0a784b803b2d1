import SluiceCore
import SluiceIncidents
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// Every scenario of the lab through the gateway: what the client sees and what the record says.
  @Suite struct CauseMatrixTests {
    @Test(.timeLimit(.minutes(3)))
    func everyScenarioIsToldAsWhatItIs() async throws {
      let scenarios = LabCatalogue.scenarios.filter {
        $0.name != "unix-socket-permission" || LabServer.arePermissionsEnforced
      }
      try await withLab { lab in
        try await withGateway(Self.configuration(scenarios, lab)) { gateway in
          try await inParallel(scenarios, width: 12) { scenario in
            try await ScenarioRun(scenario: scenario, gateway: gateway).check()
          }
          let known = Set(scenarios.map { "scenario-\($0.name)" })
          let ids = try gateway.log.records().compactMap(\.clientRequestId).filter { known.contains($0) }
          #expect(Set(ids) == known, "a request without a record, or a record without a request")
        }
      }
    }

    /// One route and upstream for each scenario, told apart by the host, with timeouts that a test can wait for.
    private static func configuration(_ scenarios: [Scenario], _ lab: LabServer) -> String {
      let routes = scenarios.map { "  - { host: '\($0.name).test', upstream: '\($0.name)' }\n" }.joined()
      let upstreams = scenarios.map { scenario in
        "  \(scenario.name):\n    endpoints: ['\(lab.endpoint(of: scenario))']\n"
          + "    timeouts: { connect: 400ms, responseHead: 900ms, bodyIdle: 900ms, request: 4s }\n"
      }.joined()
      return """
        workers: 1
        listeners: [{ address: '127.0.0.1:0' }]
        routes:
        \(routes)
        upstreams:
        \(upstreams)
        """
    }
  }
}
