import Glibc
import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite(.timeLimit(.minutes(2))) struct StoreBoundsTests {
  private let folder = StoreFolder()
  private let clock = HandClock()

  private func stored() throws -> [String] {
    try IncidentReader(path: folder.store).incidents(limit: 10_000, newestFirst: false).incidents.map(\.record.id)
  }

  private func ids(_ numbers: Range<UInt64>, time: Int64 = HandClock.start) -> [String] {
    numbers.map { IncidentEntry.sample($0, time: time).id.description }
  }

  private func fileBytes() -> Int { StoreFile(folder.store).bytes() + StoreFile(folder.store).bytes("-wal") }

  @Test func theOldestGoBeyondTheCount() async throws {
    let writer = IncidentWriter(folder, bounds: StoreBounds(count: 700, bytes: 1 << 30, age: .seconds(1 << 40)))
    try await writer.offer(0..<5000)
    #expect(writer.stop(within: .seconds(20)))
    #expect(try stored() == ids(4300..<5000))
    let problem = try IncidentReader(path: folder.store).problems(limit: 1, at: clock.now).first
    #expect(problem?.count == 5000 && problem?.kept == 700)
  }

  @Test func aSmallerCountAppliesToWhatIsThere() async throws {
    let writer = IncidentWriter(folder)
    try await writer.offer(0..<5000)
    try await writer.waitUntilStored(5000)
    writer.setBounds(StoreBounds(count: 10, bytes: 1 << 30, age: .seconds(1 << 40)))
    try await until { try stored() == ids(4990..<5000) }
    #expect(writer.stop(within: .seconds(10)))
  }

  @Test func theFileStaysBelowItsBytesWhileItIsWrittenAndGivesBackWhatIsTooMuch() async throws {
    let writer = IncidentWriter(folder, bounds: StoreBounds(count: 1 << 20, bytes: 24 << 20, age: .seconds(1 << 40)))
    var largest = 0
    // About 60 MB of lines.
    for number in 0..<30_000 {
      writer.offer(.sample(UInt64(number), padding: 1000))
      guard number % 500 == 499 else { continue }
      try await writer.waitUntilStored(UInt64(number + 1))
      largest = max(largest, fileBytes())
    }
    #expect(largest <= 24 << 20)
    #expect(largest > 16 << 20)
    writer.setBounds(StoreBounds(count: 1 << 20, bytes: 16 << 20, age: .seconds(1 << 40)))
    try await until { fileBytes() <= 16 << 20 }
    #expect(writer.stop(within: .seconds(10)))
    let kept = try stored()
    #expect(kept.count > 3000 && kept == ids(UInt64(30_000 - kept.count)..<30_000))
  }

  @Test func aReaderThatHoldsAnOldStateLetsTheLogGrowToItsBoundOnly() async throws {
    let bounds = StoreBounds(count: 1 << 20, bytes: 16 << 20, age: .seconds(1 << 40))
    let reports = Told<StoreReport>()
    let writer = IncidentWriter(folder, bounds: bounds, queueBytesMax: 1 << 20, reports: reports)
    writer.offer(.sample(0))
    try await writer.waitUntilStored(1)
    let held = try HeldState(folder)
    var number: UInt64 = 1
    while reports.all.isEmpty {
      writer.offer(.sample(number, padding: 1000))
      number += 1
      if number % 50 == 0 { try await until { writer.counters.queuedBytes < 1 << 19 || !reports.all.isEmpty } }
    }
    // Where the test has to wait for the processor, it may have been stored and refused again meanwhile.
    #expect(reports.all.first == .failing(.logHeld, path: folder.store))
    #expect(StoreFile(folder.store).bytes("-wal") <= bounds.logBytes)
    try held.release()
    try await until { reports.all.count.isMultiple(of: 2) }
    #expect(writer.stop(within: .seconds(20)) && fileBytes() <= bounds.bytes)
  }

  @Test func whatIsTooOldGoesWithoutAnythingNew() async throws {
    let writer = IncidentWriter(
      folder, bounds: StoreBounds(count: 1000, bytes: 1 << 30, age: .seconds(3600)), clock: clock)
    for number in 0..<600 { writer.offer(.sample(UInt64(number))) }
    writer.note(Change(kind: .start, time: clock.now, text: "sluice started"))
    try await writer.waitUntilStored(600)
    clock.pass(.seconds(3000))
    let later = clock.now
    for number in 0..<5 { writer.offer(.sample(UInt64(number), time: later, upstream: "b")) }
    try await writer.waitUntilStored(605)
    #expect(try stored().count == 605)
    clock.pass(.seconds(601))
    writer.note(Change(kind: .reload, time: clock.now, text: "generation 2"))
    try await until { try stored() == ids(0..<5, time: later) }
    // Their problem is over and goes with them, as do old changes.
    try await until {
      let reader = try IncidentReader(path: folder.store)
      return try reader.problems(limit: 10, at: clock.now).map(\.key.upstream) == ["b"]
        && reader.changes(since: 0).map(\.kind) == [.reload]
    }
    #expect(writer.stop(within: .seconds(10)))
  }

  @Test func anIncidentOfAWrongClockDoesNotKeepTheOldOnesForEver() async throws {
    let writer = IncidentWriter(
      folder, bounds: StoreBounds(count: 1000, bytes: 1 << 30, age: .seconds(3600)), clock: clock)
    writer.offer(.sample(0, time: clock.now + 400 * 86_400_000))
    writer.offer(.sample(1))
    writer.offer(.sample(2))
    try await writer.waitUntilStored(3)
    try await until { try stored() == ids(1..<3) }
    #expect(writer.stop(within: .seconds(10)))
  }
}
