import Foundation
import Glibc
import SluiceConfiguration
import SluiceDiagnosis
import SluiceIncidents
import TestSupport
import Testing

@testable import SluiceProbes

/// Logs that real programs write while they fail, read by the look.
@Suite struct ApplicationLogLookTests {
  private func look(_ path: String) async throws -> ApplicationLogSeen {
    let seen = await Self.seen(path)
    return try #require(seen.value, "\(seen)")
  }

  private static func seen(_ path: String) async -> Seen<ApplicationLogSeen> {
    await ApplicationLogLook.look(.file(path: path), moment: ProbeClock.wallMilliseconds(), within: .seconds(30))
  }

  /// An endpoint of which this is the log, asked just now.
  private func diagnosis(_ log: ApplicationLogSeen, port: UInt16, cause: String) -> Diagnosis {
    var examination = Examination(
      time: log.moment,
      target: ExaminationTarget(
        endpoint: "http://127.0.0.1:\(port)", upstream: "api", isTLS: false, host: "127.0.0.1", port: port,
        socketPath: nil, path: "/"))
    var connection = ConnectionSeen(address: "127.0.0.1:\(port)")
    connection.cause = cause
    examination.connections = .value([connection])
    examination.applicationLog = .value(log)
    return diagnose(examination)
  }

  @Test(.timeLimit(.minutes(2)))
  func gunicornEndsASlowWorker() async throws {
    let folder = try LogFolder()
    let path = folder.file("api.log")
    let program = try LoggedProgram(
      [
        LoggedProgram.python, "-m", "gunicorn", "--chdir", LoggedProgram.applications + "/Origins", "--bind",
        "127.0.0.1:0", "--timeout", "1", "--no-control-socket", "slow_wsgi:application",
      ], log: path)
    defer { program.end() }
    var port: UInt16?
    _ = await eventually(within: 30) {
      let listening = await Self.seen(path).value?.notes.first { $0.kind == .listening && $0.port != nil }
      port = listening?.port
      return port != nil
    }
    let listening = try #require(port, "\(program.text)")
    _ = try await blocking {
      ProgramRun.run(
        "curl", ["-s", "-m", "20", "http://127.0.0.1:\(listening)/slow"], within: .seconds(25), bytesMax: 65_536)
    }
    let seen = try await look(path)
    let note = try #require(seen.notes.first { $0.kind == .workerTimeout }, "\(program.text)")
    #expect(note.language == "python")
    #expect(note.time.map { abs($0 - seen.moment) < 30_000 } == true)
    let diagnosis = diagnosis(seen, port: listening, cause: "closed_before_response")
    #expect(diagnosis.verdict.cause == "worker_timeout")
    #expect(diagnosis.verdict.sure == .likely)
  }

  @Test(.timeLimit(.minutes(2)))
  func nodeRunsOutOfItsHeap() async throws {
    let folder = try LogFolder()
    let path = folder.file("api.log")
    let source = "const kept = []; for (;;) kept.push(new Array(1e5).fill(Math.random()))"
    let program = try LoggedProgram(["node", "--max-old-space-size=24", "-e", source], log: path)
    defer { program.end() }
    #expect(await program.ended())
    let seen = try await look(path)
    #expect(seen.notes.contains { $0.kind == .outOfMemory && $0.language == "node" }, "\(program.text)")
    let verdict = diagnosis(seen, port: 3000, cause: "connect_refused").verdict
    #expect(verdict.cause == "heap_exhausted" && verdict.sure == .likely)
  }

  @Test(.timeLimit(.minutes(2)))
  func aProgramThatCrashesAtEachStart() async throws {
    let folder = try LogFolder()
    let path = folder.file("api.log")
    for _ in 0..<3 {
      let program = try LoggedProgram(
        ["node", "-e", "console.log(new Date().toISOString(), 'started'); require('./no-such-module')"], log: path)
      #expect(await program.ended())
    }
    let seen = try await look(path)
    #expect(seen.crashes.count == 3)
    let verdict = diagnosis(seen, port: 3000, cause: "connect_refused").verdict
    #expect(verdict.cause == "crash_loop" && verdict.sure == .likely)
    #expect(verdict.sentence.contains("no-such-module"))
  }

  @Test(.timeLimit(.minutes(2)))
  func aProgramWhoseAddressIsTaken() async throws {
    let folder = try LogFolder()
    let path = folder.file("api.log")
    let source = """
      import socket
      one, two = socket.socket(), socket.socket()
      one.bind(("127.0.0.1", 0)); one.listen()
      two.bind(one.getsockname())
      """
    let program = try LoggedProgram(["python3", "-c", source], log: path)
    #expect(await program.ended())
    let verdict = diagnosis(try await look(path), port: 3000, cause: "connect_refused").verdict
    #expect(verdict.cause == "cannot_listen" && verdict.sure == .likely)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become somebody who may not read"))
  func theRightThatIsMissingIsNamed() async throws {
    let folder = try LogFolder()
    let path = try folder.write("api.log", "served\n")
    chmod(path, 0o600)
    chmod(folder.path, 0o755)
    #expect(
      LogFileRefusal.notOpened(path, errno: EACCES).sentence.contains("may not read the log \(path) (0600, root:root)"))
  }

  @Test func aLogOfAJournalIsAskedFor() async {
    let seen = await ApplicationLogLook.look(
      .journal(unit: "no-such-unit-of-sluice.service"), moment: ProbeClock.wallMilliseconds(), within: .seconds(20))
    #expect(seen.value == nil)
  }
}
