import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite("What the store holds of a status or a cause", .timeLimit(.minutes(1)))
struct IncidentTallyTests {
  private let folder = StoreFolder()
  private let now = HandClock.start

  private func reader() throws -> IncidentReader {
    let writer = IncidentWriter(folder)
    let hour: Int64 = 3_600_000
    let entries: [IncidentEntry] = [
      .sample(1, time: now - 2 * hour, upstream: "old"),
      .sample(2, time: now - 3000, upstream: "web"),
      .sample(3, time: now - 2500, kind: .absorbed, upstream: "api", status: 200),
      .sample(4, time: now - 2000, upstream: "api"),
      .sample(5, time: now - 1500, upstream: "api", endpoint: "http://127.0.0.1:3002"),
      .sample(6, time: now - 1000, cause: .connectTimeout, upstream: nil, endpoint: nil, status: 504),
    ]
    for entry in entries { #expect(writer.offer(entry)) }
    #expect(writer.stop(within: .seconds(60)))
    return try IncidentReader(path: folder.store)
  }

  @Test("of a cause: where it concentrates, of these unnoticed, and the last one")
  func cause() throws {
    let tally = try reader().tally(causes: ["connect_refused"], since: now - 3_600_000, at: now)
    #expect(
      tally.places == [
        .init(upstream: "api", kept: 3, absorbed: 1), .init(upstream: "web", kept: 1, absorbed: 0),
      ])
    #expect(tally.last?.time == now - 1500 && tally.last?.endpoint == "http://127.0.0.1:3002")
    #expect(tally.last?.upstream == "api" && tally.last?.status == 502 && tally.last?.cause == "connect_refused")
    #expect(tally.last?.id == IncidentEntry.sample(5, time: now - 1500).id.description)
  }

  @Test("of a status: only incidents with it, whatever their cause, and none chosen where there was no upstream")
  func status() throws {
    let reader = try reader()
    let refused = try reader.tally(status: 502, since: now - 3_600_000, at: now)
    #expect(refused.places.map(\.kept) == [2, 1] && refused.places.allSatisfy { $0.absorbed == 0 })
    // api at two endpoints, web, and the old one, of which the store heard only now.
    #expect(refused.ongoing == 4)
    let late = try reader.tally(status: 504, since: 0, at: now)
    #expect(late.places == [.init(upstream: nil, kept: 1, absorbed: 0)] && late.last?.cause == "connect_timeout")
    #expect(late.last?.upstream == nil && late.ongoing == 1)
    // All is quiet by then; the last one stays.
    let later = try reader.tally(status: 502, since: now, at: now + 3_600_000)
    #expect(later.places.isEmpty && later.ongoing == 0 && later.last?.time == now - 1500)
  }

  @Test("of several causes together, and of none")
  func several() throws {
    let reader = try reader()
    let both = try reader.tally(causes: ["connect_refused", "connect_timeout"], since: 0, at: now)
    #expect(both.places.reduce(0) { $0 + $1.kept } == 6 && both.last?.cause == "connect_timeout")
    #expect(try reader.tally(causes: [], since: 0, at: now) == IncidentTally())
    #expect(try reader.tally(causes: ["dns_nxdomain"], since: 0, at: now) == IncidentTally())
  }
}
