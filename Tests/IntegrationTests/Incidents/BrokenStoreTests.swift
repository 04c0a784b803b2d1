import Foundation
import SluiceIncidents
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// Whatever is wrong with the store: the gateway starts, answers, and says what was lost.
  @Suite struct BrokenStoreTests {
    private static let yaml = """
      listeners: [{ address: '127.0.0.1:0' }]
      routes: [{ path: /dead, upstream: dead }, { upstream: app }]
      upstreams:
        app: { endpoints: ['http://127.0.0.1:APP'] }
        dead: { endpoints: ['DEAD'] }
      """

    /// Requests that go well and one that fails; what standard error said, and the failed one's ID.
    private func use(_ run: IncidentRun) async throws -> (id: String, told: String) {
      let dead = try #require(LabCatalogue.scenario("connect-refused"))
      let id = try await withLab { lab in
        let yaml = Self.yaml.replacing("APP", with: "\(lab.port)").replacing("DEAD", with: lab.endpoint(of: dead))
        return try await run.gateway(yaml) { gateway in
          for _ in 0..<20 {
            let fine = try await gateway.get("/ok")
            #expect(fine.status == 200)
          }
          let response = try await gateway.get("/dead")
          #expect(response.status == 502 && response["proxy-status"]?.contains("connection_refused") == true)
          return try #require(response["sluice-incident"])
        }
      }
      return (id, try String(contentsOfFile: run.errors, encoding: .utf8))
    }

    @Test func aDamagedStoreIsMovedAside() async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      try Data(repeating: 0x42, count: 64 << 10).write(to: URL(fileURLWithPath: run.store))
      let (id, told) = try await use(run)
      #expect(told.contains("was damaged") && told.contains("a new one was begun"), "\(told)")
      #expect(try run.incident(id).record.cause == "connect_refused")
      let kept = try FileManager.default.contentsOfDirectory(atPath: run.folder.path)
      #expect(kept.contains { $0.hasPrefix("incidents.sqlite.damaged-") }, "\(kept)")
    }

    @Test func aStoreThatCannotBeOpenedCostsOnlyIncidents() async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      // A folder stands where the file should be.
      try FileManager.default.createDirectory(atPath: run.store, withIntermediateDirectories: true)
      let (id, told) = try await use(run)
      #expect(told.contains("incidents are not stored in \(run.store)"), "\(told)")
      #expect(told.contains("connect_refused") && told.contains(id), "the failure itself was not told")
    }

    @Test func theCommandSaysWhatIsWrongWithAStore() async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      let missing = try await CommandRun(["incidents", "--store", run.store])
      #expect(missing.status == 3 && missing.errors.contains(run.store), "\(missing.errors)")
      try Data("not a database, whatever its name says".utf8).write(to: URL(fileURLWithPath: run.store))
      let damaged = try await CommandRun(["why", "01M84EAQ25CR0FY9K83BQ3WT6P", "--store", run.store])
      #expect(damaged.status == 3 && damaged.errors.contains(run.store), "\(damaged.errors)")
    }
  }
}
