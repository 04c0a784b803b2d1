import Foundation
import SluiceDiagnosis
import SluiceIncidents
import TestSupport
import Testing

@testable import SluiceProbes

/// The program is gone, or not where it should be; what a watch has seen before tells why.
@Suite("Applications that are gone", .serialized, .timeLimit(.minutes(2)))
struct EndedApplicationTests {
  private let record = WatchRecord()
  private let mark = AilingApplication.mark()

  /// Starts an application and waits until the watch has seen it.
  private func watched(_ arguments: [String], by prefix: [String] = []) async throws -> AilingApplication {
    let application = try await AilingApplication(arguments, by: prefix, mark: mark)
    record.start(port: application.port)
    #expect(await eventually(within: 20) { record.sightings.all.contains { $0.process == application.process } })
    return application
  }

  private func endIsSeen(of process: Int32) async {
    let isSeen = await eventually(within: 20) {
      record.history.contains { $0.process == process && ($0.signal != nil || $0.exitStatus != nil) }
    }
    #expect(isSeen, "\(record.history)")
  }

  @Test("never started")
  func neverStarted() async throws {
    let application = try await AilingApplication(["serve"], mark: mark)
    application.end()
    #expect(await application.ended())
    let diagnosis = diagnose(try await Examined.tcp(port: application.port))
    #expect(diagnosis.verdict.cause == "not_running")
    #expect(diagnosis.verdict.sure == .certain)
  }

  @Test("killed by a signal")
  func killed() async throws {
    let application = try await watched(["serve"])
    application.signal(SIGKILL)
    await endIsSeen(of: application.process)
    let examination = try await Examined.tcp(port: application.port, history: record.history)
    let diagnosis = diagnose(examination)
    #expect(diagnosis.verdict.cause == "process_killed", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain, "\(diagnosis)")
    #expect(diagnosis.verdict.sentence.contains("SIGKILL"))
    let step = try #require(StepReport.of(.process, in: examination))
    #expect(step.mark == .failing)
    #expect(step.findings.contains { $0.text.contains("was ended by SIGKILL") })
  }

  @Test("ended by a fault of its program")
  func fault() async throws {
    let application = try await watched(["serve"])
    application.signal(SIGSEGV)
    await endIsSeen(of: application.process)
    let diagnosis = diagnose(try await Examined.tcp(port: application.port, history: record.history))
    #expect(diagnosis.verdict.cause == "program_fault", "\(diagnosis)")
  }

  @Test("exited by itself")
  func exited() async throws {
    let application = try await watched(["crash"])
    await endIsSeen(of: application.process)
    let diagnosis = diagnose(try await Examined.tcp(port: application.port, history: record.history))
    #expect(diagnosis.verdict.cause == "application_exited", "\(diagnosis)")
    #expect(diagnosis.verdict.sentence.contains("status 3"))
  }

  @Test("starts and ends again and again")
  func crashLoop() async throws {
    var application = try await watched(["crash"])
    let port = application.port
    for _ in 0..<20 where record.history.count(where: { $0.endedAt != nil }) < 3 {
      #expect(await application.ended())
      application = try await AilingApplication(["crash", "--port", "\(port)"], mark: mark)
      #expect(await application.ended())
    }
    #expect(await eventually(within: 10) { record.history.count { $0.endedAt != nil } >= 3 })
    let diagnosis = diagnose(try await Examined.tcp(port: port, history: record.history))
    #expect(diagnosis.verdict.cause == "crash_loop", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
  }

  @Test("a zombie")
  func zombie() async throws {
    let parent = try await AilingApplication(["zombie"], mark: mark)
    record.start(port: parent.port)
    #expect(await eventually(within: 20) { record.history.contains { $0.endedAt != nil } })
    let diagnosis = diagnose(try await Examined.tcp(port: parent.port, history: record.history))
    #expect(diagnosis.verdict.cause == "zombie_process", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.sentence.contains("process \(parent.process)"))
  }

  @Test("started again at another port")
  func otherPort() async throws {
    let before = try await watched(["serve"])
    before.end()
    await endIsSeen(of: before.process)
    let after = try await AilingApplication(["serve"], mark: mark)
    let diagnosis = diagnose(try await Examined.tcp(port: before.port, history: record.history))
    #expect(diagnosis.verdict.cause == "listening_elsewhere", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.sentence.contains("127.0.0.1:\(after.port)"))
    let isTold = await eventually(within: 20) {
      record.history.contains { $0.isElsewhere && $0.process == after.process }
        && record.changes.all.contains { $0.kind == .process && $0.text.contains("127.0.0.1:\(after.port)") }
    }
    #expect(isTold, "\(record.changes.all)")
  }

  @Test("a process that takes its place is told as a change")
  func replaced() async throws {
    let before = try await watched(["serve"])
    before.end()
    await endIsSeen(of: before.process)
    let after = try await AilingApplication(["serve", "--port", "\(before.port)"], mark: mark)
    let isTold = await eventually(within: 20) {
      record.changes.all.contains {
        $0.kind == .process && $0.upstream == "api" && $0.text.contains("served by process \(after.process)")
      }
    }
    #expect(isTold, "\(record.changes.all)")
  }

  @Test("on ::1 but not on 127.0.0.1")
  func otherFamily() async throws {
    let application = try await AilingApplication(["serve", "--host", "::1"], mark: mark)
    let diagnosis = diagnose(try await Examined.tcp(port: application.port))
    #expect(diagnosis.verdict.cause == "listening_on_other_address", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.sentence.contains("[::1]:\(application.port)"))
  }

  @Test(
    "killed for want of memory in a cgroup", .enabled(if: TestCgroup.isAvailable, Comment(rawValue: TestCgroup.missing))
  )
  func outOfMemory() async throws {
    let cgroup = try #require(TestCgroup("memory"))
    cgroup.limit(memory: 48 << 20)
    let application = try await watched(["eater"], by: cgroup.prefix)
    let caller = try #require(Caller(port: application.port))
    caller.ask()
    #expect(await application.ended(within: 30))
    await endIsSeen(of: application.process)
    let examination = try await Examined.tcp(port: application.port, history: record.history)
    let diagnosis = diagnose(examination)
    #expect(diagnosis.verdict.cause == "oom_killed", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain, "\(record.history)")
    #expect(record.history.first?.isOutOfMemory == true)
    #expect((record.history.first?.cgroupKills ?? 0) >= 1)
    // Without the watch's word the kernel's own log names the process.
    var history = record.history
    history[0].isOutOfMemory = nil
    history[0].cgroupKills = nil
    var other = examination
    if case .value(var listeners) = other.listeners {
      listeners.history = history
      other.listeners = .value(listeners)
    }
    #expect(diagnose(other).verdict.cause == "oom_killed")
    withExtendedLifetime(cgroup) {}
  }
}
