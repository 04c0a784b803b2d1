import Foundation
import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import TestSupport
import Testing

@testable import sluice

/// A store on disk, filled by the gateway's own writer.
struct StoreFixture {
  let folder: TemporaryFolder
  var path: String { folder.file("incidents.sqlite") }

  init(_ incidents: [Incident]) throws {
    folder = try TemporaryFolder()
    try add(incidents)
  }

  /// Whether or not somebody reads at the same time.
  func add(_ incidents: [Incident]) throws {
    let writer = IncidentWriter(path: path, wallTime: { Fixtures.time + 100 })
    let encoder = JSONEncoder()
    for incident in incidents {
      let record = incident.record
      let id = try #require(ExchangeID(record.id))
      let entry = IncidentEntry(
        id: id, time: Int64(id.milliseconds), kind: incident.kind,
        problem: ProblemKey(
          cause: incident.toldCause ?? "", route: record.route, upstream: record.upstream,
          endpoint: record.attempts?.last?.endpoint),
        who: incident.toldWho ?? "unknown", status: record.status, clientRequestID: record.clientRequestId,
        line: Array(try encoder.encode(record)) + [0x0A], evidence: incident.evidence)
      #expect(writer.offer(entry))
    }
    #expect(writer.stop(within: .seconds(60)))
  }

  static func all() throws -> StoreFixture {
    try StoreFixture([try Fixtures.absorbed(), try Fixtures.ssh(), try Fixtures.refused()])
  }

  func run(_ arguments: String...) async throws -> CommandRun {
    try await CommandRun(arguments + ["--store", path])
  }
}
