import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite struct ApplicationLogConclusionsTests {
  private enum Endpoint {
    case refuses
    case fails(status: UInt16)
    case answers
    case unknown
  }

  private func examination(_ log: String, _ endpoint: Endpoint, writtenAt: Int64? = nil) -> Examination {
    .sample { examination in
      examination.time = aMoment
      examination.applicationLog = .value(LogSample.seen(log, writtenAt: writtenAt))
      var connection = ConnectionSeen(address: "127.0.0.1:3000")
      switch endpoint {
      case .refuses: connection.cause = Cause.connectRefused.identifier
      case .fails(let status): examination.responses = .value([.answered(status)])
      case .answers: examination.responses = .value([.answered(200)])
      case .unknown: return
      }
      examination.connections = .value([connection])
    }
  }

  private func conclusions(_ log: String, _ endpoint: Endpoint, writtenAt: Int64? = nil) -> [String] {
    ApplicationLogConclusions.conclusions(examination(log, endpoint, writtenAt: writtenAt)).map {
      "\($0.explanation.name) \($0.explanation.sure)"
    }
  }

  /// The first conclusion where the endpoint fails now.
  @Test(arguments: [
    ("2026-11-26T17:12:09Z FATAL JavaScript heap out of memory", "heap_exhausted"),
    ("2026-11-26T17:12:09Z api.service: Failed with result 'oom-kill'.", "oom_killed"),
    ("2026-11-26T17:12:09Z [7] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?", "oom_killed"),
    ("2026-11-26T17:12:09Z fork: cannot allocate memory", "memory_pressure"),
    ("2026-11-26T17:12:09Z write: no space left on device", "disk_full"),
    ("2026-11-26T17:12:09Z accept: too many open files", "descriptors_exhausted"),
    ("2026-11-26T17:12:09Z Error: listen EADDRINUSE: address already in use :::3000", "cannot_listen"),
    ("2026-11-26T17:12:09Z dial tcp 10.0.0.9:5432: connect: connection refused", "dependency_failed"),
    ("2026-11-26T17:12:09Z dial tcp 10.0.0.9:5432: i/o timeout", "slow_dependency"),
    ("2026-11-26T17:12:09Z [7] [CRITICAL] WORKER TIMEOUT (pid:9)", "worker_timeout"),
    ("2026-11-26T17:12:09Z WARNING: [pool www] server reached pm.max_children setting (5)", "workers_exhausted"),
    ("2026-11-26T17:12:09Z api.service: Main process exited, code=killed, status=9/KILL", "process_killed"),
    ("2026-11-26T17:12:09Z x\npanic: no price\n\ngoroutine 1 [running]:\nmain.main()", "application_crash"),
    ("2026-11-26T17:12:09Z x\nTraceback (most recent call last):\n  File \"a.py\"\nKeyError: 1", "handler_error"),
  ])
  func whatTheLogSaysNearTheMomentExplains(log: String, cause: String) {
    let sure = log.contains("Perhaps") ? "possible" : "likely"
    #expect(conclusions(log, .fails(status: 502)).first == "\(cause) \(sure)")
  }

  @Test(arguments: ["2026-11-26T17:12:09Z FATAL JavaScript heap out of memory"])
  func itIsNeverMoreThanPossibleWhereTheEndpointIsNotKnownToFail(log: String) {
    #expect(conclusions(log, .unknown) == ["heap_exhausted possible"])
    #expect(conclusions(log, .answers) == ["heap_exhausted possible"])
    #expect(diagnose(examination(log, .answers)).isHealthy)
  }

  @Test func whatIsOldExplainsNothing() {
    let log = "2026-11-26T17:02:11Z FATAL JavaScript heap out of memory\n2026-11-26T17:12:09Z served"
    #expect(conclusions(log, .fails(status: 502)) == [])
  }

  @Test func theEndOfTheLogOfAnApplicationThatIsGoneCountsHoweverOld() {
    let log = "2026-11-26T14:00:00Z served\npanic: no price\n\ngoroutine 1 [running]:\nmain.main()"
    #expect(conclusions(log, .refuses) == ["application_crash likely"])
    #expect(conclusions(log, .fails(status: 502)) == [])
    // It was started again afterwards: the panic does not tell why it refuses now.
    #expect(conclusions(log + "\n2026-11-26T14:00:05Z Puma starting in single mode", .refuses) == [])
  }

  @Test func anUncaughtTracebackAtTheEndIsPossiblyTheEnd() {
    let log = "2026-11-26T14:00:00Z x\nTraceback (most recent call last):\n  File \"a.py\"\nKeyError: 1"
    #expect(conclusions(log, .refuses) == ["application_crash possible"])
  }

  @Test func threeCrashesWithinTenMinutesAreALoop() {
    let one = { (minute: Int) in
      "2026-11-26T17:0\(minute):00Z listening on port 3000\n"
        + "panic: no price \(minute)\n\ngoroutine 1 [running]:\nm.m()\n"
    }
    #expect(conclusions(one(5) + one(7) + one(9), .refuses).first == "crash_loop likely")
    #expect(!conclusions(one(5) + one(9), .refuses).contains { $0.hasPrefix("crash_loop") })
    let seen = LogSample.seen(one(5) + one(7) + one(9))
    #expect(seen.starts.count == 3 && seen.crashes.count == 3)
    #expect(seen.notes.first { $0.kind == .panic }?.count == 3)
  }

  @Test func startsWithoutErrorsAreALoopAtMost() {
    let log = (5...8).map { "2026-11-26T17:0\($0):00Z Starting gunicorn 27.0.1\n" }.joined()
    #expect(conclusions(log, .refuses) == ["crash_loop possible"])
  }

  @Test func listeningOnAnotherPortExplainsARefusal() {
    let log = "2026-11-26T17:00:00Z listening on port 3001"
    #expect(conclusions(log, .refuses) == ["listening_elsewhere likely"])
    #expect(conclusions(log, .fails(status: 502)) == [])
    #expect(conclusions(log, .unknown) == [])
    #expect(conclusions(log.replacing("3001", with: "3000"), .refuses) == [])
    let both = "2026-11-26T17:00:00Z metrics listening on :3001\n2026-11-26T17:00:01Z listening on :3000"
    #expect(conclusions(both, .refuses) == [])
    let ended = log + "\n2026-11-26T17:01:00Z received SIGTERM, shutting down"
    #expect(conclusions(ended, .refuses) == ["application_exited likely"])
    let before = "2026-11-26T16:00:00Z listening on port 3000\n" + log
    #expect(conclusions(before, .refuses) == ["listening_elsewhere likely"])
  }

  @Test func aFailureToReachTheEndpointItselfIsNoDependency() {
    let log = "2026-11-26T17:12:10Z connect ECONNREFUSED 127.0.0.1:3000"
    #expect(conclusions(log, .fails(status: 502)) == [])
  }

  @Test func theSupervisorsOwnKillIsItsTimeout() {
    let log = """
      [2026-11-26 17:12:08 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)
      [2026-11-26 17:12:09 +0000] [7] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?
      """
    #expect(conclusions(log, .fails(status: 502)) == ["worker_timeout likely"])
  }

  @Test func aLogWithoutTimesIsAsOldAsItsLastWrite() {
    let log = "served\nFATAL ERROR: Reached heap limit - JavaScript heap out of memory\n"
    #expect(conclusions(log, .fails(status: 502), writtenAt: aMoment - 3000) == ["heap_exhausted likely"])
    #expect(conclusions(log, .fails(status: 502), writtenAt: aMoment - 3_000_000) == [])
  }

  @Test func whatWasNotReadExplainsNothing() {
    let examination = Examination.sample { $0.applicationLog = .notRun("no right") }
    #expect(ApplicationLogConclusions.conclusions(examination).isEmpty)
    #expect(StepReport.of(.applicationLog, in: examination)?.mark == .notRun)
  }
}
