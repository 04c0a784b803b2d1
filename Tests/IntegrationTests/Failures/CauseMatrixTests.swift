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
        GatewayKind.sluice.speaks($0.transport)
          && ($0.name != "unix-socket-permission" || LabServer.arePermissionsEnforced)
      }
      try await withLab { lab in
        try await withGateway(ScenarioRun.configuration(scenarios, lab)) { gateway in
          try await inParallel(scenarios, width: 12) { scenario in
            try await ScenarioRun(scenario: scenario, gateway: gateway).check()
          }
          let known = Set(scenarios.map { "scenario-\($0.name)" })
          let ids = try gateway.log.records().compactMap(\.clientRequestId).filter { known.contains($0) }
          #expect(Set(ids) == known, "a request without a record, or a record without a request")
        }
      }
    }
  }
}
