import Foundation
import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite("Changes and counts in a store", .timeLimit(.minutes(1)))
struct DeployLookTests {
  private static let deployTime: Int64 = 1_700_000_000_000
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "sluice-deploys-\(UInt32.random(in: 0 ... .max))")

  private func count(_ part: Int64, endpoint: String? = nil, failures: Int) -> TrafficCount {
    TrafficCount(
      time: Self.deployTime + part * 10_000, span: 10_000, upstream: "api", endpoint: endpoint, requests: 50,
      gatewayFailures: failures)
  }

  private func look(
    _ counts: [TrafficCount], _ changes: [Change], endpoint: String? = nil
  ) async throws -> Seen<DeploysSeen> {
    let path = folder.appendingPathComponent("incidents.sqlite").path
    defer { try? FileManager.default.removeItem(at: folder) }
    let writer = IncidentWriter(path: path, wallTime: { Self.deployTime })
    for change in changes { writer.note(change) }
    writer.note(counts)
    #expect(writer.stop(within: .seconds(10)))
    return await DeployLook.look(
      upstream: "api", endpoint: endpoint, moment: Self.deployTime + 200_000, reader: try IncidentReader(path: path))
  }

  private let changes = [
    Change(kind: .deploy, time: deployTime, text: "api v42", upstream: "api"),
    Change(kind: .deploy, time: deployTime, text: "web v7", upstream: "web"),
    Change(kind: .reload, time: deployTime - 4_000_000, text: "generation 2"),
    Change(
      kind: .version, time: deployTime + 500,
      text: "http://127.0.0.1:3000 answers X-Version \"42\", before it was \"41\"", upstream: "api"),
  ]

  @Test("changes of the last hour that concern the upstream are tested, and differences told")
  func seen() async throws {
    let counts = (-20..<20).map { count($0, failures: $0 >= 0 ? 25 : 0) }
    let seen = try #require(try await look(counts, changes).value)
    #expect(seen.changes.map(\.text).contains("api v42"))
    #expect(seen.changes.count == 2)
    #expect(seen.tests.map(\.outcome) == [.began, .began])
    #expect(seen.differences.map(\.before) == ["X-Version 41"])
    #expect(seen.differences.map(\.after) == ["X-Version 42"])
  }

  @Test("an endpoint's own counts say more than the upstream's")
  func endpoint() async throws {
    let endpoint = "http://127.0.0.1:3000"
    let counts = (Int64(-20)..<20).flatMap { part -> [TrafficCount] in
      [count(part, failures: 0), count(part, endpoint: endpoint, failures: part >= 0 ? 25 : 0)]
    }
    let own = try #require(try await look(counts, changes, endpoint: endpoint).value)
    #expect(own.tests.first?.outcome == .began)
    let all = try #require(try await look(counts, changes, endpoint: "http://127.0.0.1:3001").value)
    #expect(all.tests.first?.outcome == .noDifference)
  }

  @Test("another program, or a changed one, is a difference; the same program started again is none")
  func program() {
    func sighting(_ process: Int32, _ program: String?, changedAt: Int64?) -> ProcessSighting {
      var sighting = ProcessSighting(process: process, name: "app", command: "app", firstSeen: 1, lastSeen: 2)
      sighting.program = program
      sighting.programChangedAt = changedAt
      return sighting
    }
    let before = sighting(1, "/srv/v41/app", changedAt: 5)
    #expect(DeployLook.differences([sighting(2, "/srv/v41/app", changedAt: 5), before]).isEmpty)
    #expect(
      DeployLook.differences([sighting(2, "/srv/v42/app", changedAt: 5), before]).map(\.after) == ["/srv/v42/app"])
    let changed = DeployLook.differences([sighting(2, "/srv/v41/app", changedAt: 9), before])
    #expect(changed.map(\.after) == ["/srv/v41/app, changed"])
    #expect(DeployLook.differences([sighting(2, nil, changedAt: nil), before]).isEmpty)
    #expect(DeployLook.differences([before]).isEmpty)
  }

  @Test("nothing is made of a store without changes")
  func empty() async throws {
    let seen = try #require(try await look([count(0, failures: 50)], []).value)
    #expect(seen == DeploysSeen())
  }
}
