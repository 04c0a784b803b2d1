import Glibc
import SluiceCore
import Testing

@testable import SluiceIncidents

/// What breaks, and what then happens: the table of the decision record.
@Suite(.timeLimit(.minutes(2))) struct StoreFailureTests {
  private let folder = StoreFolder()
  private let now = HandClock.start
  private let reports = Told<StoreReport>()

  private func failures() -> [StoreFailure] {
    reports.all.compactMap { report in
      if case .failing(let failure, _) = report { failure } else { nil }
    }
  }

  /// Whether it is told that it works again, and all that was dropped. Some of it may have been told before it failed.
  private func isWorkingAgain(dropped: UInt64) -> Bool {
    var told: UInt64 = 0
    var isWorking = false
    for report in reports.all {
      switch report {
      case .working(let count, _):
        told += count
        isWorking = true
      case .dropped(let count, _): told += count
      case .failing: isWorking = false
      case .movedAside: break
      }
    }
    return isWorking && told == dropped
  }

  @Test func aKilledProcessLosesAtMostTheLastSecond() async throws {
    let path = folder.store
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let writer = IncidentWriter(path: path, wallTime: { HandClock.start })
      try await writer.offer(0..<5000) { .sample($0, hasEvidence: $0 % 50 == 0) }
      try await writer.waitUntilStored(3000)
      kill(getpid(), SIGKILL)
    }
    let reader = try IncidentReader(path: folder.store)
    let page = try reader.incidents(limit: 10_000, newestFirst: false)
    #expect(page.incidents.count >= 3000 && page.unreadable == 0)
    // What there is is whole, and in the order in which it was given.
    for (number, incident) in page.incidents.enumerated() {
      #expect(incident.record.id == IncidentEntry.sample(UInt64(number)).id.description)
      #expect((incident.evidence != nil) == (number % 50 == 0))
    }
    // The next process goes on with the file and with the problem.
    let problems = Told<ProblemEvent>()
    let writer = IncidentWriter(folder, problems: problems, reports: reports)
    writer.offer(.sample(90_000))
    #expect(writer.stop(within: .seconds(20)))
    #expect(try reader.statistics(at: now).incidents == page.incidents.count + 1)
    #expect(problems.all == [] && reports.all == [])
  }

  @Test(.enabled(if: getuid() == 0, "only root can mount a small disk"))
  func aFullDiskIsToldOnceAndLaterItWorks() async throws {
    let disk = try SmallDisk(megabytes: 4, in: folder)
    let clock = HandClock()
    let problems = Told<ProblemEvent>()
    let writer = IncidentWriter(
      path: disk.path + "/incidents.sqlite", wallTime: { clock.now }, queueBytesMax: 1 << 20,
      onProblem: { problems.add($0) }, report: { [reports] in reports.add($0) })
    writer.offer(.sample(0))
    try await writer.waitUntilStored(1)
    disk.fill()
    var number: UInt64 = 1
    while failures().isEmpty || writer.counters.dropped == 0 {
      writer.offer(.sample(number, cause: number == 1 ? .connectTimeout : .connectRefused))
      number += 1
      if number % 100 == 0 { await Task.yield() }
    }
    #expect(failures() == [.full] && writer.counters.failingSince == clock.now)
    #expect(writer.counters.queuedBytes <= 1 << 20)
    // An alert needs no disk.
    try await until { problems.all.contains { $0.problem.key.cause == "connect_timeout" } }
    disk.makeRoom()
    try await until { isWorkingAgain(dropped: writer.counters.dropped) }
    #expect(writer.stop(within: .seconds(20)) && failures() == [.full])
    let reader = try IncidentReader(path: disk.path + "/incidents.sqlite")
    let total = try reader.problems(limit: 10, at: now).reduce(0) { $0 + $1.count }
    #expect(total == Int64(number) && writer.counters.stored + writer.counters.dropped == number)
  }

  @Test func aFileThatMayNotGrowIsADiskThatFails() async throws {
    let path = folder.store
    await #expect(processExitsWith: .success) { [path = path as String] in
      var limit = rlimit(rlim_cur: 64 << 10, rlim_max: 64 << 10)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let reports = Told<StoreReport>()
      let writer = IncidentWriter(path: path, wallTime: { HandClock.start }, report: { reports.add($0) })
      for number in 0..<500 { writer.offer(.sample(UInt64(number))) }
      try await until { !reports.all.isEmpty }
      guard case .failing(.inputOutput, _) = reports.all.first else { exit(1) }
      // The end does not wait for a disk that fails.
      exit(writer.stop(within: .seconds(30)) ? 2 : 0)
    }
  }

  @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
  func whereNothingMayBeWrittenItIsToldAndTriedAgain() async throws {
    let path = folder.path
    chmod(path, 0o555)
    await #expect(processExitsWith: .success) { [path = path as String] in
      setgid(65534)
      setuid(65534)
      let reports = Told<StoreReport>()
      let writer = IncidentWriter(
        path: path + "/incidents.sqlite", wallTime: { HandClock.start }, report: { reports.add($0) })
      writer.offer(.sample())
      try await until { !reports.all.isEmpty }
      exit(reports.all == [.failing(.notWritable("EACCES"), path: path + "/incidents.sqlite")] ? 0 : 1)
    }
    chmod(path, 0o755)
  }

  @Test func aFolderThatIsAFileIsToldAndOnceItIsGoneItWorks() async throws {
    folder.overwrite("state", with: [1])
    let writer = IncidentWriter(
      path: folder.path + "/state/incidents.sqlite", wallTime: { HandClock.start },
      report: { [reports] in reports.add($0) })
    writer.offer(.sample())
    try await until { !reports.all.isEmpty }
    #expect(failures() == [.cannotOpen("ENOTDIR")])
    unlink(folder.path + "/state")
    try await writer.waitUntilStored(1)
    #expect(isWorkingAgain(dropped: 0) && writer.counters.failingSince == nil)
    #expect(writer.stop(within: .seconds(5)))
  }

  @Test(arguments: Damage.allCases)
  func aDamagedFileIsMovedAsideAndANewOneIsBegun(_ damage: Damage) async throws {
    let before = IncidentWriter(folder)
    try await before.offer(0..<3000)
    #expect(before.stop(within: .seconds(20)))
    damage.apply(to: folder)

    let writer = IncidentWriter(folder, reports: reports)
    // A hundred places, so that every part of the file is asked for something.
    for number in 3000..<3100 { writer.offer(.sample(UInt64(number), endpoint: "e\(number)", clientRequestID: "c")) }
    #expect(writer.stop(within: .seconds(20)))
    let aside = folder.store + ".damaged-20260921T141320Z"
    guard case .movedAside(folder.store, to: aside, _) = reports.all.first, reports.all.count == 1 else {
      Issue.record("told \(reports.all)")
      return
    }
    #expect(access(aside, F_OK) == 0)
    let statistics = try IncidentReader(path: folder.store).statistics(at: now)
    #expect(statistics.incidents == 100 && statistics.problems == 100)
  }

  @Test func ofDamagedFilesTheLastThreeAreKept() throws {
    let clock = HandClock()
    for _ in 0..<5 {
      folder.overwrite(with: [UInt8](repeating: 0x41, count: 8192))
      let writer = IncidentWriter(folder, clock: clock)
      writer.offer(.sample())
      #expect(writer.stop(within: .seconds(10)))
      clock.pass(.seconds(60))
    }
    let damaged = StoreFile(folder.store).damaged()
    #expect(damaged.map { String($0.suffix(16)) } == ["20260921T141520Z", "20260921T141620Z", "20260921T141720Z"])
  }

  @Test func anotherProgramsDatabaseIsLeftAlone() async throws {
    try Database.make(folder.store, "CREATE TABLE bills (id INTEGER)")
    let writer = IncidentWriter(folder, reports: reports)
    writer.offer(.sample())
    try await until { !reports.all.isEmpty }
    #expect(failures() == [.foreign] && !writer.stop(within: .seconds(10)))
    #expect(folder.names() == ["incidents.sqlite"])
    #expect(throws: StoreError.foreign(path: folder.store)) { try IncidentReader(path: folder.store) }
  }

  @Test func aNewerFormIsNotWrittenTo() async throws {
    let before = IncidentWriter(folder)
    #expect(before.stop(within: .seconds(10)))
    try Database.make(folder.store, "INSERT INTO grdb_migrations VALUES ('7')")
    let writer = IncidentWriter(folder, reports: reports)
    try await until { !reports.all.isEmpty }
    #expect(failures() == [.newerSchema(found: 7, known: StoreSchema.version)])
    #expect("\(reports.all)".contains("form 7"))
    #expect(throws: StoreError.newerSchema(path: folder.store, found: 7, known: StoreSchema.version)) {
      try IncidentReader(path: folder.store)
    }
    writer.stop(within: .seconds(10))
  }

  @Test func aStoreThatBlocksMakesNoOfferWait() async throws {
    let writer = IncidentWriter(folder, queueBytesMax: 64 << 10, reports: reports)
    writer.offer(.sample())
    try await writer.waitUntilStored(1)
    let lock = try StoreLock(folder)
    var number: UInt64 = 1
    // An offer that waited for the lock would wait for ever: it is released behind the loop.
    while failures().isEmpty {
      writer.offer(.sample(number))
      number += 1
      if number % 100 == 0 { await Task.yield() }
    }
    #expect(failures() == [.busy] && writer.counters.dropped > 0)
    try lock.release()
    try await until { isWorkingAgain(dropped: writer.counters.dropped) }
    #expect(writer.stop(within: .seconds(20)))
    let problems = try IncidentReader(path: folder.store).problems(limit: 10, at: now)
    #expect(problems.map(\.count) == [Int64(number)])
  }

  @Test func aFileThatSomebodyRemovesIsBegunAnew() async throws {
    let writer = IncidentWriter(folder, reports: reports)
    writer.offer(.sample(1))
    try await writer.waitUntilStored(1)
    for name in folder.names() { unlink(folder.path + "/" + name) }
    writer.offer(.sample(2))
    try await writer.waitUntilStored(2)
    #expect(writer.stop(within: .seconds(10)))
    let reader = try IncidentReader(path: folder.store)
    #expect(try reader.statistics(at: now).incidents == 1 && reports.all == [])
    #expect(try reader.problems(limit: 10, at: now).map(\.count) == [2])
  }
}
