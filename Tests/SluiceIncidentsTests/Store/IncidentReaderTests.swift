import Glibc
import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite(.timeLimit(.minutes(2))) struct IncidentReaderTests {
  private let folder = StoreFolder()
  private let now = HandClock.start

  private func store(_ entries: [IncidentEntry], counts: [ProblemCount] = []) throws -> IncidentReader {
    let writer = IncidentWriter(folder, queueBytesMax: 64 << 20)
    for entry in entries { writer.offer(entry) }
    writer.offer(counts)
    #expect(writer.stop(within: .seconds(60)))
    return try IncidentReader(path: folder.store)
  }

  private func ids(_ page: IncidentPage) -> [String] { page.incidents.map(\.record.id) }

  private func isFound(_ lookup: IncidentLookup, _ entry: IncidentEntry) -> Bool {
    if case .found(let incident) = lookup { incident.record.id == entry.id.description } else { false }
  }

  @Test func anIDIsFoundAsPeopleGiveIt() throws {
    let entries = (0..<50).map { IncidentEntry.sample($0 << 40, time: now + Int64($0) * 977) }
    let reader = try store(entries)
    for entry in entries {
      let id = entry.id.description
      let confused = id.map { ["0": "o", "1": "l"][$0] ?? $0 }.map(String.init).joined()
      for text in [id, id.lowercased(), "  \(id)\n", "\"\(id)\",", confused, confused.uppercased()] {
        #expect(isFound(try reader.find(id: text, at: now), entry))
      }
      // As many characters as no other one has.
      #expect(isFound(try reader.find(id: String(id.prefix(20)), at: now), entry))
    }
    let beginning = String(entries[0].id.description.prefix(5))
    guard case .ambiguous(let several) = try reader.find(id: beginning, at: now) else {
      Issue.record("a beginning of all is not ambiguous")
      return
    }
    #expect(several == entries.map(\.id.description).reversed())
    for text in ["", "01", "not-an-id", "01J/../x", String(repeating: "0", count: 27), "ZZZZZZZZ"] {
      #expect(try reader.find(id: text, at: now) == .unknown)
    }
  }

  @Test func anIDThatWasOnlyCountedLeadsToTheProblemsOfItsSecond() throws {
    func count(_ upstream: String, from first: Int64, _ count: Int) -> ProblemCount {
      ProblemCount(
        problem: ProblemKey(cause: "connect_timeout", route: nil, upstream: upstream, endpoint: nil), who: "network",
        absorbed: 0, count: count, firstSeen: first, lastSeen: now)
    }
    let reader = try store([], counts: [count("a", from: now - 9000, 7), count("b", from: now - 2000, 90)])
    let id = ExchangeID(milliseconds: UInt64(now - 2300), random: 5, more: 5)
    guard case .notKept(let time, let problems) = try reader.find(id: id.description, at: now) else {
      Issue.record("it is not told as not kept")
      return
    }
    #expect(time == now - 2300 && problems.map(\.key.upstream) == ["a"])
    let later = ExchangeID(milliseconds: UInt64(now - 2000), random: 5, more: 5)
    guard case .notKept(_, let both) = try reader.find(id: later.description, at: now) else { return }
    #expect(both.map(\.key.upstream) == ["b", "a"])
  }

  @Test func aClientsOwnRequestIDFindsAllThatHaveIt() throws {
    let entries = (0..<9).map { IncidentEntry.sample($0, clientRequestID: $0 % 3 == 0 ? "checkout-7" : nil) }
    let reader = try store(entries)
    let expected = [6, 3, 0].map { entries[$0].id.description }
    #expect(try reader.find(clientRequestID: "checkout-7").map(\.record.id) == expected)
    #expect(try reader.find(clientRequestID: "checkout-8") == [])
  }

  @Test func filtersGiveWhatTheySay() throws {
    let entries = (0..<400 as Range<UInt64>).map { number in
      IncidentEntry.sample(
        number, time: now - Int64(number) * 1000, kind: IncidentKind.allCases[Int(number % 3)],
        cause: number % 2 == 0 ? .connectRefused : .connectTimeout,
        upstream: number % 5 == 0 ? nil : "u\(number % 5)",
        status: number % 7 == 0 ? 503 : 502)
    }
    let reader = try store(entries)
    func expect(_ change: (inout IncidentFilter) -> Void, _ isWanted: (IncidentEntry) -> Bool) throws {
      var filter = IncidentFilter()
      change(&filter)
      let wanted = entries.filter(isWanted)
      #expect(!wanted.isEmpty && wanted.count < entries.count)
      let page = try reader.incidents(filter, limit: 1000)
      #expect(ids(page) == wanted.map(\.id.description).reversed() && page.unreadable == 0 && !page.isMore)
      let keys = Set(wanted.map(\.problem))
      let problems = try reader.problems(filter, limit: 1000, at: now)
      // A problem has one time for all of its incidents, so that by time there may be more of them.
      if filter.since == nil, filter.until == nil { #expect(Set(problems.map(\.key)) == keys) }
    }
    try expect({ $0.since = now - 100_000 }, { $0.time >= now - 100_000 })
    try expect({ $0.until = now - 100_000 }, { $0.time < now - 100_000 })
    try expect({ $0.causes = ["connect_refused"] }, { $0.problem.cause == "connect_refused" })
    try expect({ $0.causes = ["connect_refused", "x"] }, { $0.problem.cause == "connect_refused" })
    try expect({ $0.upstream = "u3" }, { $0.problem.upstream == "u3" })
    try expect({ $0.status = 503 }, { $0.status == 503 })
    try expect({ $0.who = entries[1].who }, { $0.who == entries[1].who })
    try expect({ $0.kind = .absorbed }, { $0.kind == .absorbed })
    try expect(
      {
        $0.upstream = "u1"
        $0.status = 503
        $0.kind = .failed
        $0.since = now - 350_000
      }, { $0.problem.upstream == "u1" && $0.status == 503 && $0.kind == .failed && $0.time >= now - 350_000 })
    var nowhere = IncidentFilter()
    nowhere.route = "' OR 1=1 --"
    #expect(try reader.incidents(nowhere, limit: 10).incidents == [])
  }

  @Test func pagesFollowEachOtherAndNewOnesAreFollowed() async throws {
    let writer = IncidentWriter(folder)
    defer { writer.stop(within: .seconds(10)) }
    let entries = (0..<95).map { IncidentEntry.sample($0) }
    for entry in entries { writer.offer(entry) }
    try await writer.waitUntilStored(95)
    let reader = try IncidentReader(path: folder.store)
    var seen: [String] = []
    var cursor: IncidentCursor?
    repeat {
      let page = try reader.incidents(limit: 10, after: cursor)
      seen += ids(page)
      cursor = page.isMore ? page.cursor : nil
    } while cursor != nil
    #expect(seen == entries.map(\.id.description).reversed())

    let end = try reader.incidents(limit: 1000, newestFirst: false).cursor
    #expect(try reader.incidents(limit: 10, newestFirst: false, after: end).incidents == [])
    // One that began earlier than all and ended now is followed as well.
    let slow = IncidentEntry.sample(500, time: now - 60_000)
    writer.offer(slow)
    try await until { try !reader.incidents(limit: 10, newestFirst: false, after: end).incidents.isEmpty }
    #expect(ids(try reader.incidents(limit: 10, newestFirst: false, after: end)) == [slow.id.description])
  }

  @Test func aProblemIsOverWhenItWasQuietEvenIfNobodyWasThereToTell() throws {
    let reader = try store([.sample(1)])
    #expect(try reader.problems(limit: 1, at: now + 299_999).map(\.state) == [.ongoing])
    #expect(try reader.problems(limit: 1, at: now + 300_000).map(\.state) == [.over])
    #expect(try reader.statistics(at: now + 300_000).ongoing == 0)
  }

  @Test func whatIsMissingOrDamagedIsSaid() throws {
    let path = folder.store
    #expect(throws: StoreError.missing(path: path)) { try IncidentReader(path: path) }
    #expect(throws: StoreError.notReadable(path: folder.path, reason: "it is no regular file")) {
      try IncidentReader(path: folder.path)
    }
    folder.overwrite(with: [UInt8](repeating: 0x41, count: 8192))
    let damaged = #expect(throws: StoreError.self) { try IncidentReader(path: path) }
    guard case .damaged(path, _) = damaged else {
      Issue.record("\(String(describing: damaged))")
      return
    }
    #expect(damaged?.description.contains(path) == true)
  }

  @Test(arguments: Damage.allCases)
  func aDamagedStoreIsAnErrorAndEndsNoProcess(_ damage: Damage) throws {
    _ = try store((0..<3000).map { .sample($0) })
    damage.apply(to: folder)
    let error = #expect(throws: StoreError.self) {
      let reader = try IncidentReader(path: folder.store)
      _ = try reader.incidents(limit: 10_000)
      _ = try reader.problems(limit: 10_000, at: now)
    }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aStoreThatIsBegunAnewIsReadAnew() throws {
    let reader = try store([.sample(1)])
    for name in folder.names() { unlink(folder.path + "/" + name) }
    _ = try store([.sample(2), .sample(3)])
    #expect(try reader.statistics(at: now).incidents == 2)
  }

  /// With a log that a killed process left behind, with and without its index, and without a log.
  @Test(.enabled(if: getuid() == 0, "only root can mount a disk"), arguments: ["", "-shm", "-wal"])
  func aReadOnlyDiskIsRead(_ missing: String) async throws {
    let disk = try SmallDisk(megabytes: 8, in: folder)
    let path = disk.path + "/incidents.sqlite"
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let writer = IncidentWriter(path: path, wallTime: { HandClock.start })
      for number in 0..<100 { writer.offer(.sample(UInt64(number))) }
      try await writer.waitUntilStored(100)
      kill(getpid(), SIGKILL)
    }
    if missing == "-wal" {
      try Database.make(path, "DELETE FROM incident WHERE number > 90")
    } else if missing == "-shm" {
      unlink(path + missing)
    }
    #expect(disk.makeReadOnly())
    let reader = try IncidentReader(path: path)
    #expect(try reader.incidents(limit: 1000).incidents.count == (missing == "-wal" ? 90 : 100))
  }
}
