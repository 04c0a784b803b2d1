import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite(.timeLimit(.minutes(1))) struct StoredExaminationTests {
  private let folder = StoreFolder()
  private let clock = HandClock()

  private func examination(at time: Int64, _ endpoint: String = "http://127.0.0.1:3000") -> Examination {
    Examination(
      time: time,
      target: ExaminationTarget(
        endpoint: endpoint, upstream: "api", isTLS: false, host: "127.0.0.1", port: 3000, socketPath: nil, path: "/"))
  }

  private func found(near moment: Int64, _ endpoint: String = "http://127.0.0.1:3000") throws -> Int64? {
    try IncidentReader(path: folder.store)
      .examination(of: endpoint, upstream: "api", near: moment, before: 1_000, after: 60_000)?.time
  }

  @Test func theNearestOfTheEndpointIsFound() async throws {
    let writer = IncidentWriter(folder, clock: clock)
    let start = clock.now
    writer.note(examination(at: start))
    writer.note(examination(at: start + 40_000))
    writer.note(examination(at: start + 10, "http://127.0.0.1:3001"))
    #expect(writer.stop(within: .seconds(10)))
    #expect(try found(near: start + 5) == start)
    #expect(try found(near: start + 30_000) == start + 40_000)
    #expect(try found(near: start + 41_001) == nil)
    #expect(try found(near: start, "http://127.0.0.1:3002") == nil)
  }

  @Test func theLastOneBeforeAMomentIsFound() async throws {
    let writer = IncidentWriter(folder, clock: clock)
    let start = clock.now
    for after in [0, 10, 20] { writer.note(examination(at: start + Int64(after))) }
    #expect(writer.stop(within: .seconds(10)))
    let reader = try IncidentReader(path: folder.store)
    let endpoint = "http://127.0.0.1:3000"
    #expect(try reader.lastExamination(of: endpoint, upstream: "api", before: start + 20)?.time == start + 10)
    #expect(try reader.lastExamination(of: endpoint, upstream: "api", before: start) == nil)
    #expect(try reader.lastExamination(of: endpoint, upstream: "web", before: start + 20) == nil)
  }

  @Test func whatWasSeenComesBackAsItWas() async throws {
    let writer = IncidentWriter(folder, clock: clock)
    var seen = examination(at: clock.now)
    var connection = ConnectionSeen(address: "127.0.0.1:3000")
    connection.cause = Cause.connectRefused.identifier
    seen.connections = .value([connection])
    seen.listeners = .notRun("it is another machine")
    seen.handshake = .timedOut(milliseconds: 500)
    writer.note(seen)
    #expect(writer.stop(within: .seconds(10)))
    let read = try IncidentReader(path: folder.store)
      .examination(of: seen.target.endpoint, upstream: "api", near: seen.time, before: 0, after: 0)
    #expect(read == seen)
  }

  @Test func aLogThatIsTooLongLosesItsLines() throws {
    var seen = examination(at: 1)
    var log = ApplicationLogSeen(source: "app.log", moment: 1)
    log.lines = Array(repeating: ApplicationLogLine(text: String(repeating: "x", count: 1000)), count: 200)
    log.notes = [ApplicationLogNote(kind: .panic, text: "panic: out of luck")]
    seen.applicationLog = .value(log)
    let stored = try #require(StoredExamination(seen))
    let read = try #require(StoredExamination.examination(stored.document)?.applicationLog?.value)
    #expect(read.lines.isEmpty && read.notes == log.notes)
  }

  @Test func theOldestGoBeyondTheirNumber() async throws {
    let writer = IncidentWriter(folder, clock: clock)
    let count = StoreConnection.examinationsMax + 20
    for number in 0..<count { writer.note(examination(at: clock.now + Int64(number), "http://127.0.0.1:\(number)")) }
    #expect(writer.stop(within: .seconds(10)))
    let connection = try StoreConnection(StoreFile(folder.store), bounds: StoreBounds()) { false }
    try connection.removeOld(at: clock.now)
    connection.close()
    #expect(try found(near: clock.now + 19, "http://127.0.0.1:19") == nil)
    #expect(try found(near: clock.now + 20, "http://127.0.0.1:20") == clock.now + 20)
  }
}
