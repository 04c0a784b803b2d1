import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite(.timeLimit(.minutes(2))) struct IncidentWriterTests {
  private let folder = StoreFolder()
  private let now = HandClock.start

  @Test func whatIsOfferedIsReadBack() throws {
    let writer = IncidentWriter(folder)
    let entries = (0..<1000).map { IncidentEntry.sample($0, clientRequestID: "r-\($0)", hasEvidence: $0 % 10 == 0) }
    for entry in entries { #expect(writer.offer(entry)) }
    #expect(writer.stop(within: .seconds(20)))
    #expect(writer.counters.stored == 1000 && writer.counters.dropped == 0 && writer.counters.queuedBytes == 0)

    let reader = try IncidentReader(path: folder.store)
    for entry in entries {
      let record = try AccessLogDecoder().decode(entry.line)
      let expected = Incident(kind: entry.kind, record: record, evidence: entry.evidence)
      #expect(try reader.find(id: entry.id.description, at: now) == .found(expected))
    }
    let statistics = try reader.statistics(at: now)
    #expect(statistics.incidents == 1000 && statistics.problems == 1 && statistics.ongoing == 1)
    #expect(statistics.oldest == now && statistics.newest == now && statistics.bytes > 500_000)
  }

  @Test func anIncidentThatComesAloneIsStoredAtOnceAndReadBesideTheWriter() async throws {
    let writer = IncidentWriter(folder)
    defer { writer.stop(within: .seconds(5)) }
    writer.offer(.sample(1))
    try await writer.waitUntilStored(1)
    let reader = try IncidentReader(path: folder.store)
    #expect(try reader.incidents(limit: 10).incidents.count == 1)
    writer.offer(.sample(2))
    try await until { try reader.incidents(limit: 10).incidents.count == 2 }
  }

  @Test func theFileIsForItsOwnerAlone() async throws {
    let writer = IncidentWriter(
      path: folder.path + "/state/sluice/incidents.sqlite", wallTime: { HandClock.start })
    writer.offer(.sample())
    try await writer.waitUntilStored(1)
    #expect(folder.mode("state") == 0o700 && folder.mode("state/sluice") == 0o700)
    for suffix in StoreFile.suffixes { #expect(folder.mode("state/sluice/incidents.sqlite" + suffix) == 0o600) }
    #expect(writer.stop(within: .seconds(5)))
  }

  @Test func beyondTheQueueIncidentsAreDroppedAndStillCounted() async throws {
    let entry = IncidentEntry.sample()
    let size = QueuedIncident(entry, arrivedAt: 0).bytes
    let lock = try StoreLock(folder)
    let writer = IncidentWriter(folder, queueBytesMax: 10 * size + size / 2)
    for number in 0..<1000 { writer.offer(.sample(UInt64(number))) }
    #expect(writer.counters.dropped == 990 && writer.counters.queuedBytes <= 11 * size)
    try lock.release()
    try await writer.waitUntilStored(10)
    #expect(writer.stop(within: .seconds(20)))
    let problems = try IncidentReader(path: folder.store).problems(limit: 10, at: now)
    #expect(problems.map(\.count) == [1000] && problems.map(\.kept) == [10])
  }

  @Test func countsAndChangesAreKept() throws {
    let writer = IncidentWriter(folder)
    let key = IncidentEntry.sample().problem
    writer.offer(.sample(1))
    writer.offer([
      ProblemCount(problem: key, who: "application", absorbed: 3, count: 40, firstSeen: now - 500, lastSeen: now)
    ])
    let changes = [
      Change(kind: .start, time: now - 2000, text: "sluice started"),
      Change(kind: .deploy, time: now, text: "api v42", upstream: "api"),
    ]
    for change in changes { writer.note(change) }
    #expect(writer.stop(within: .seconds(5)))
    let reader = try IncidentReader(path: folder.store)
    let problem = try #require(try reader.problems(limit: 10, at: now).first)
    #expect(problem.count == 41 && problem.absorbed == 3 && problem.kept == 1 && problem.firstSeen == now - 500)
    #expect(problem.key == key && problem.state == .ongoing && problem.lastMinute == 41)
    #expect(try reader.problem(of: IncidentEntry.sample(1).id.description, at: now) == problem)
    #expect(try reader.changes(since: now - 2000) == changes.reversed())
    #expect(try reader.changes(since: now) == [changes[1]])
  }

  @Test func aLineThatIsTooLongLosesTheEndOfItsTexts() throws {
    var sample = Sample()
    sample.refused()
    let target = [UInt8](repeating: 0x80, count: AccessLogEncoder.targetBytesMax)
    sample.record.path = sample.text(target)
    sample.record.query = sample.text(target)
    let line = sample.line(.full)
    #expect(line.count > StoredLine.bytesMax)
    var entry = IncidentEntry.sample(1)
    entry.line = line
    let writer = IncidentWriter(folder)
    writer.offer(entry)
    writer.stop(within: .seconds(5))
    guard case .found(let incident) = try IncidentReader(path: folder.store).find(id: entry.id.description, at: now)
    else {
      Issue.record("not found")
      return
    }
    #expect(incident.record.path?.count == 1025 && incident.record.attempts?.count == 1)
  }

  @Test func afterTheEndNothingIsTaken() {
    let writer = IncidentWriter(folder)
    #expect(writer.stop(within: .seconds(5)))
    #expect(!writer.offer(.sample()))
    #expect(writer.counters.dropped == 1)
  }

  @Test func twoGatewaysShareAFile() async throws {
    let clock = HandClock()
    let told = [Told<ProblemEvent>(), Told<ProblemEvent>()]
    let reports = Told<StoreReport>()
    let writers = told.map { IncidentWriter(folder, clock: clock, problems: $0, reports: reports) }
    for number in 0..<2000 {
      writers[number % 2].offer(.sample(UInt64(number)))
      if number % 500 == 0 { try await writers[number % 2].waitUntilStored(UInt64(number / 2)) }
    }
    for writer in writers { #expect(writer.stop(within: .seconds(20))) }
    #expect(reports.all == [])
    let problems = try IncidentReader(path: folder.store).problems(limit: 10, at: now)
    #expect(problems.map(\.count) == [2000] && problems.map(\.kept) == [2000])
    // Both have seen it, one has told it.
    #expect(told.map(\.all).joined().count == 1)
  }
}
