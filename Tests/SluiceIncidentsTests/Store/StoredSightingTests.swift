import GRDB
import Testing

@testable import SluiceIncidents

@Suite(.timeLimit(.minutes(1))) struct StoredSightingTests {
  private let folder = StoreFolder()
  private let clock = HandClock()

  private func sighting(_ process: Int32, at time: Int64) -> ProcessSighting {
    var sighting = ProcessSighting(
      process: process, name: "node", command: "node a.js", firstSeen: time, lastSeen: time)
    sighting.startedAt = time - 1000
    return sighting
  }

  private func read(_ upstream: String? = "api") throws -> [ProcessSighting] {
    try IncidentReader(path: folder.store).sightings(endpoint: "http://127.0.0.1:3000", upstream: upstream)
  }

  @Test func whatIsKnownOfAProcessGrows() throws {
    let writer = IncidentWriter(folder, clock: clock)
    var one = sighting(1, at: clock.now)
    writer.note(one, of: "http://127.0.0.1:3000", in: "api")
    writer.note(sighting(9, at: clock.now), of: "http://127.0.0.1:3001", in: "api")
    one.lastSeen += 5000
    one.endedAt = one.lastSeen
    one.signal = 9
    one.isOutOfMemory = true
    writer.note(one, of: "http://127.0.0.1:3000", in: "api")
    let two = sighting(2, at: clock.now + 6000)
    writer.note(two, of: "http://127.0.0.1:3000", in: "api")
    #expect(writer.stop(within: .seconds(10)))
    #expect(try read() == [two, one])
    #expect(try read(nil) == [two, one])
    #expect(try read("other") == [])
  }

  @Test func anEndpointKeepsNoMoreThanTheBound() throws {
    let writer = IncidentWriter(folder, clock: clock)
    let count = StoredSighting.countMax + 20
    for number in 0..<count {
      writer.note(
        sighting(Int32(number), at: clock.now + Int64(number) * 10_000), of: "http://127.0.0.1:3000", in: "api")
    }
    #expect(writer.stop(within: .seconds(10)))
    let kept = try read()
    #expect(kept.count == StoredSighting.countMax)
    #expect(kept.first?.process == Int32(count - 1) && kept.last?.process == 20)
  }

  @Test func aProcessThatTwoGatewaysSawIsOne() throws {
    let start = clock.now
    var early = sighting(1, at: start)
    early.startedAt = start - 500
    var late = sighting(1, at: start + 60_000)
    late.startedAt = start - 600
    late.endedAt = start + 90_000
    late.lastSeen = start + 90_000
    late.signal = 9
    let merged = ProcessSighting.merged([late, early])
    #expect(merged.count == 1)
    #expect(merged.first?.firstSeen == start && merged.first?.signal == 9)
    var reused = early
    reused.startedAt = start - 80_000
    #expect(ProcessSighting.merged([late, reused]).count == 2)
  }

  @Test func whatIsADayOldGoes() throws {
    let connection = try StoreConnection(StoreFile(folder.store), bounds: StoreBounds()) { false }
    defer { connection.close() }
    let now = clock.now
    let stored = try #require(StoredSighting(sighting(1, at: now), endpoint: "http://127.0.0.1:3000", upstream: "api"))
    try connection.queue.inDatabase { try connection.insert(.sighting(stored), $0) }
    try connection.removeOld(at: now + StoredSighting.ageMax - 1)
    #expect(try read().count == 1)
    try connection.removeOld(at: now + StoredSighting.ageMax + 1)
    #expect(try read().isEmpty)
  }
}
