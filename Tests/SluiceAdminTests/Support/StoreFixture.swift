import Foundation
import SluiceCore
import SluiceIncidents

import Testing

@testable import SluiceAdmin

/// A store on disk with two problems: refused connections of the last minutes, and late answers of the last hour.
struct StoreFixture {
  let folder: TemporaryFolder
  var path: String { folder.file("incidents.sqlite") }
  /// The oldest first.
  private(set) var ids: [String] = []

  private let target: String

  /// - Parameters:
  ///   - refused: incidents of the problem that goes on, a second apart.
  ///   - endpoint: that of the same problem.
  ///   - path: that was asked for.
  init(refused: Int = 3, endpoint: String = "http://127.0.0.1:3001", path: String = "/v1/orders") throws {
    folder = try TemporaryFolder()
    target = path
    try add(.responseHeaderTimeout, "web", "http://127.0.0.1:4000", 1, at: AdminSource.time - 3_000_000)
    try add(.connectRefused, "api", endpoint, refused, at: AdminSource.time - Int64(refused) * 1_000)
  }

  /// One more incident of the problem that goes on.
  func addMore() throws {
    var more = self
    try more.add(.connectRefused, "api", "http://127.0.0.1:3001", 1, at: AdminSource.time - 500)
  }

  private mutating func add(
    _ cause: Cause, _ upstream: String, _ endpoint: String, _ count: Int, at start: Int64
  ) throws {
    let writer = IncidentWriter(path: path, wallTime: { start + Int64(count) * 1_000 })
    for number in 0..<count {
      let time = start + Int64(number) * 1_000
      let id = ExchangeID(milliseconds: UInt64(time), random: UInt64(number + 1) << 40, more: 0)
      var record = StoredRecord(
        time: "2026-09-21T13:33:20.000Z", id: id.description, status: cause.status, phase: "connect", totalMs: 1.5)
      (record.cause, record.who, record.upstream) = (cause.identifier, cause.owner.identifier, upstream)
      (record.method, record.path, record.host, record.route) = ("GET", target, "example.com", "example.com/v1")
      var attempt = StoredAttempt(phase: "connect")
      (attempt.endpoint, attempt.cause) = (endpoint, cause.identifier)
      record.attempts = [attempt]
      let line = Array(try JSONEncoder().encode(record)) + [0x0A]
      let entry = IncidentEntry(
        id: id, time: time, kind: .failed,
        problem: ProblemKey(
          cause: cause.identifier, route: "example.com/v1", upstream: upstream, endpoint: endpoint),
        who: cause.owner.identifier, status: cause.status, clientRequestID: nil, line: line, evidence: Evidence())
      #expect(writer.offer(entry))
      ids.append(id.description)
    }
    #expect(writer.stop(within: .seconds(30)))
  }
}
