import Foundation
import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// From the answer that a client gets to the page that explains it, for every scenario of the lab.
  @Suite struct ExplanationTests {
    @Test(.timeLimit(.minutes(4)))
    func everyScenarioIsExplainedByItsTrueCause() async throws {
      let scenarios = LabCatalogue.scenarios.filter {
        $0.name != "unix-socket-permission" || LabServer.arePermissionsEnforced
      }
      let run = try IncidentRun()
      defer { run.remove() }
      let records = try await withLab { lab in
        try await run.gateway(ScenarioRun.configuration(scenarios, lab)) { gateway in
          try await inParallel(scenarios, width: 12) { scenario in
            try await ScenarioRun(scenario: scenario, gateway: gateway).check()
          }
          return try gateway.log.records()
        }
      }
      try await inParallel(records, width: 4) { record in
        guard let cause = Cause.allCases.first(where: { $0.identifier == record.cause }), cause.isIncident else {
          return
        }
        let name = record.clientRequestId?.dropFirst("scenario-".count).description ?? ""
        guard let scenario = LabCatalogue.scenario(name) else { return }
        // Where success is as right, what was passed on may be the application's own answer.
        if scenario.expected.maySucceed, cause == .upstreamStatus { return }
        try await Self.check(record, scenario, in: run)
      }
      let explained = try run.reader().incidents(IncidentFilter(), limit: 1000).incidents.count
      #expect(explained >= 120, "\(explained) incidents of \(scenarios.count) scenarios")
    }

    /// The command's own words, and the same as JSON.
    private static func check(_ record: StoredRecord, _ scenario: Scenario, in run: IncidentRun) async throws {
      let page = try await CommandRun(["why", record.id, "--store", run.store])
      #expect(page.status == 0, "\(scenario.name): \(page.errors)")
      let verdict = page.output.prefix { $0 != "\n" }
      let truth = scenario.expected.causes.map(\.identifier)
      #expect(truth.contains { verdict.contains($0) }, "\(scenario.name) is \(truth), but: \(verdict)")
      let answer = try await CommandRun(["why", record.id, "--store", run.store, "--json"])
      let json = try #require(answer.json as? [String: Any], "\(scenario.name): \(answer.output)")
      let candidates = (json["candidates"] as? [[String: Any]] ?? []).compactMap { $0["cause"] as? String }
      #expect(candidates.contains { truth.contains($0) }, "\(scenario.name): candidates \(candidates)")
      // What cannot be told apart from outside is not decided, and both are named.
      for other in scenario.expected.indistinguishableFrom where other.identifier != record.cause {
        let sure = (json["verdict"] as? [String: Any])?["sure"] as? String
        #expect(sure != "certain", "\(scenario.name): certain, although it may be \(other.identifier)")
      }
    }
  }
}
