import Foundation
import SluiceIncidents
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// What an incident holds beside its record.
  @Suite struct EvidenceTests {
    private struct Kept {
      var incident: Incident
      var evidence: Evidence
    }

    /// One request to a scenario, after some that go well, and what was kept of it.
    private func keep(_ name: String, after warmUps: Int = 0) async throws -> Kept {
      let run = try IncidentRun()
      defer { run.remove() }
      let scenario = try #require(LabCatalogue.scenario(name))
      let id = try await withLab { lab in
        let yaml = """
          workers: 1
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams:
            app:
              endpoints: ['\(lab.endpoint(of: scenario))']
              timeouts: { connect: 400ms, responseHead: 900ms }
              limits: { requests: 7 }
          """
        return try await run.gateway(yaml) { gateway in
          for _ in 0..<warmUps { try await Self.getFine(gateway) }
          _ = try await gateway.get(scenario.target, "X-Request-ID: evidence")
          let record = try #require(try await gateway.log.records(of: "evidence").first)
          return record.id
        }
      }
      let incident = try run.incident(id)
      return Kept(incident: incident, evidence: try #require(incident.evidence))
    }

    private static func getFine(_ gateway: GatewayHarness) async throws {
      let response = try await gateway.get("/ok")
      #expect(response.status == 200)
    }

    @Test func aRefusedConnectionHasItsErrnoAndWhatWasKnownOfTheEndpoint() async throws {
      let kept = try await keep("connect-refused")
      #expect(kept.incident.kind == .failed)
      #expect(kept.incident.record.attempts?.last?.errno == "ECONNREFUSED")
      #expect(kept.evidence.firstBytes == nil)
      let endpoint = try #require(kept.evidence.endpoints?.first)
      #expect(endpoint.lastSuccessMs == nil && endpoint.lastFailureMs == nil && endpoint.failuresInARow == 1)
      #expect(kept.evidence.timeouts?.connect == 400)
      #expect(kept.evidence.load?.requestsMax == 7)
      #expect(kept.evidence.changes?.first?.kind == .start)
    }

    @Test func bytesThatAreNotHTTPAreKeptAndNamed() async throws {
      let kept = try await keep("garbage-ssh", after: 2)
      let bytes = try #require(kept.evidence.firstBytes)
      #expect(bytes.text.hasPrefix("SSH-2.0") && bytes.text.hasSuffix("\\r\\n"))
      #expect(bytes.looksLike == "ssh" && !bytes.isCut)
      let endpoint = try #require(kept.evidence.endpoints?.first)
      #expect(endpoint.lastSuccessMs != nil && endpoint.failuresInARow == 1)
    }

    @Test func aCutBodyHasBothLengths() async throws {
      let kept = try await keep("truncated-body-length")
      let declared = try #require(kept.evidence.declaredLength)
      let received = try #require(kept.evidence.receivedLength)
      #expect(received < declared)
      #expect(kept.incident.record.isAborted == true)
    }

    @Test func anApplicationsOwnFailureIsKeptAsItsOwn() async throws {
      let kept = try await keep("own-503")
      #expect(kept.incident.kind == .application && kept.incident.record.who == "application")
      #expect(kept.evidence.endpoints?.first?.failuresInARow == 0)
    }

    @Test func anAbsorbedFailureIsKeptAlthoughTheClientSawNone() async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      let dead = try #require(LabCatalogue.scenario("connect-refused"))
      let incidents = try await withLab { lab in
        try await run.gateway(
          """
          workers: 1
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams:
            app:
              endpoints: ['\(lab.endpoint(of: dead))', 'http://127.0.0.1:\(lab.port)']
              balance: roundRobin
          """
        ) { gateway in
          for _ in 0..<4 { try await Self.getFine(gateway) }
        }
        return try run.reader().incidents(IncidentFilter(), limit: 10).incidents
      }
      #expect(!incidents.isEmpty)
      for incident in incidents {
        #expect(incident.kind == .absorbed && incident.record.status == 200 && incident.record.cause == nil)
        #expect(incident.record.attempts?.first?.cause == "connect_refused")
      }
      let problem = try #require(try run.reader().problems(IncidentFilter(), limit: 10, at: 0).first)
      #expect(problem.key.cause == "connect_refused" && problem.absorbed == problem.count)
    }

    @Test func aReloadIsASuspect() async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      let dead = try #require(LabCatalogue.scenario("connect-refused"))
      let id = try await withLab { lab in
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['\(lab.endpoint(of: dead))'] } }
          """
        return try await run.gateway(yaml) { gateway in
          try await gateway.gateway.reload(GatewayHarness.load(yaml, log: gateway.log.path))
          return try #require(try await gateway.get("/")["sluice-incident"])
        }
      }
      let changes = try #require(try run.incident(id).evidence?.changes)
      #expect(changes.map(\.kind) == [.reload, .start])
    }
  }
}
