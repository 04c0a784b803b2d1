import Foundation
import SluiceDiagnosis
import SluiceIncidents
import TestSupport
import Testing

@testable import SluiceProbes

/// The program listens and does not serve.
@Suite("Applications that ail", .serialized, .timeLimit(.minutes(2)))
struct AilingApplicationTests {
  /// Connections that ask and wait for an answer.
  private func callers(_ count: Int, port: UInt16) async throws -> [Caller] {
    try await blocking {
      (0..<count).compactMap { _ in
        let caller = Caller(port: port)
        caller?.ask()
        return caller
      }
    }
  }

  @Test("a healthy one has nothing to complain about")
  func healthy() async throws {
    let application = try await AilingApplication(["serve"])
    var examination = try await Examined.tcp(port: application.port)
    var answer = ResponseSeen(question: .configured, address: "x", method: "GET", path: "/")
    answer.status = 200
    answer.firstByteMs = 2
    examination.responses = .value([answer])
    #expect(diagnose(examination).isHealthy)
    let step = try #require(StepReport.of(.process, in: examination))
    #expect(step.mark == .fine, "\(step)")
    #expect(step.findings.first?.text.contains("listens at 127.0.0.1:\(application.port)") == true)
  }

  @Test("stopped")
  func stopped() async throws {
    let application = try await AilingApplication(["serve"])
    application.signal(SIGSTOP)
    let callers = try await callers(3, port: application.port)
    #expect(await eventually { ProcessTable.stat(application.process)?.state == "T" })
    let diagnosis = diagnose(try await Examined.tcp(port: application.port, suffers: true))
    #expect(diagnosis.verdict.cause == "process_stopped", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.candidates.first?.evidence.contains { $0.contains("wait to be accepted") } == true)
    withExtendedLifetime(callers) {}
  }

  @Test("its accept queue is full, and nothing tells why")
  func backlog() async throws {
    let application = try await AilingApplication(["silent", "--backlog", "2"])
    let callers = try await callers(6, port: application.port)
    let examination = try await Examined.tcp(port: application.port, suffers: true)
    let diagnosis = diagnose(examination)
    #expect(diagnosis.verdict.cause == "backlog_full", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    #expect(examination.listeners?.value?.here.first?.queued == 3)
    #expect(examination.listeners?.value?.here.first?.queueMax == 2)
    withExtendedLifetime(callers) {}
  }

  @Test("its only worker waits for something that does not answer")
  func dependency() async throws {
    let dependency = try await AilingApplication(["silent", "--backlog", "16"])
    let application = try await AilingApplication(["stuck", "--dependency", "127.0.0.1:\(dependency.port)"])
    let callers = try await callers(4, port: application.port)
    let isWaiting = await eventually {
      ((try? MachineSockets.listening().get()) ?? []).contains {
        $0.local.port == application.port && $0.receiveQueue >= 3
      }
    }
    #expect(isWaiting)
    let diagnosis = diagnose(try await Examined.tcp(port: application.port, suffers: true))
    #expect(diagnosis.verdict.cause == "slow_dependency", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.sentence.contains("127.0.0.1:\(dependency.port)"))
    #expect(diagnosis.candidates.contains { $0.cause == "workers_exhausted" })
    withExtendedLifetime(callers) {}
  }

  @Test("its one thread computes and serves nobody")
  func busy() async throws {
    let application = try await AilingApplication(["busy"])
    let callers = try await callers(4, port: application.port)
    let isBusy = await eventually { ProcessTable.stat(application.process)?.state == "R" }
    #expect(isBusy)
    // Beside other tests it may get less than its core for a moment.
    var diagnosis = diagnose(try await Examined.tcp(port: application.port, suffers: true))
    for _ in 0..<20 where diagnosis.verdict.cause != "event_loop_blocked" {
      diagnosis = diagnose(try await Examined.tcp(port: application.port, suffers: true))
    }
    #expect(diagnosis.verdict.cause == "event_loop_blocked", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    withExtendedLifetime(callers) {}
  }

  @Test("it has as many files open as it may")
  func descriptors() async throws {
    let application = try await AilingApplication(["descriptors", "--limit", "32"])
    let isFull = await eventually {
      (try? ProcessTable.sockets(of: application.process).get().descriptors) ?? 0 >= 32
    }
    #expect(isFull)
    let callers = try await callers(2, port: application.port)
    let diagnosis = diagnose(try await Examined.tcp(port: application.port, suffers: true))
    #expect(diagnosis.verdict.cause == "descriptors_exhausted", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.sentence.contains("of 32 files"))
    withExtendedLifetime(callers) {}
  }

  @Test(
    "a quota on the processor holds it back",
    .enabled(if: TestCgroup.isAvailable, Comment(rawValue: TestCgroup.missing)))
  func throttled() async throws {
    let cgroup = try #require(TestCgroup("cpu"))
    cgroup.limit(cores: 0.1)
    let application = try await AilingApplication(["burn"], by: cgroup.prefix)
    let examination = try await Examined.tcp(port: application.port, suffers: true)
    let diagnosis = diagnose(examination)
    #expect(diagnosis.verdict.cause == "cpu_throttled", "\(diagnosis)")
    #expect(diagnosis.verdict.sure == .certain)
    let seen = try #require(examination.resources?.value?.cgroup)
    #expect(seen.cpuCores == 0.1)
    #expect((seen.throttledPeriods?.lately ?? 0) >= 1)
    let step = try #require(StepReport.of(.resources, in: examination))
    #expect(step.mark == .failing)
    application.end()
    #expect(await application.ended())
    withExtendedLifetime(cgroup) {}
  }

  // MARK: Unix sockets

  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/s\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test("a Unix socket that is missing, with the folder that is")
  func missingSocket() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = diagnose(try await Examined.unix(path: folder + "/app.sock"))
    #expect(file.verdict.cause == "unix_socket_missing", "\(file)")
    #expect(file.verdict.sure == .certain)
    let deeper = diagnose(try await Examined.unix(path: folder + "/none/app.sock"))
    #expect(deeper.verdict.cause == "unix_socket_missing")
    #expect(deeper.candidates.first?.evidence.contains { $0.contains("/none does not exist") } == true, "\(deeper)")
  }

  @Test("a Unix socket with its owner; one that nobody listens at is stale")
  func unixSocket() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/app.sock"
    let application = try await AilingApplication(["unix", "--path", path])
    let examination = try await Examined.unix(path: path)
    let seen = try #require(examination.listeners?.value)
    #expect(seen.here.first?.process == application.process)
    #expect(seen.here.first?.queueMax == 4)
    #expect(seen.socketFile?.isSocket == true)
    #expect(seen.socketFile?.mayConnect == true)
    #expect(StepReport.of(.process, in: examination)?.mark == .fine)
    application.end()
    #expect(await application.ended())
    let stale = diagnose(try await Examined.unix(path: path))
    #expect(stale.verdict.cause == "not_running", "\(stale)")
  }

  @Test("a Unix socket that another user may not open", .enabled(if: geteuid() == 0, "needs root to be another user"))
  func forbiddenSocket() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    chmod(folder, 0o755)
    let path = folder + "/app.sock"
    let application = try await AilingApplication(["unix", "--path", path])
    chmod(path, 0o600)
    let nobody: uid_t = 65_534
    func seen() async throws -> SocketFileSeen {
      try await blocking {
        // Of this thread alone, and only for files; the C library's Swift module lacks it.
        let call = try #require(dlsym(nil, "setfsuid"))
        let become = unsafeBitCast(call, to: (@convention(c) (uid_t) -> Int32).self)
        _ = become(nobody)
        defer { _ = become(0) }
        return SocketFileLook.look(path)
      }
    }
    let file = try await seen()
    #expect(file.exists && file.mayConnect == false && file.mode == "0600")
    chmod(folder, 0o700)
    let closed = try await seen()
    #expect(closed.mayConnect == false && closed.obstacle == folder, "\(closed)")
    var examination = try await Examined.unix(path: path)
    if case .value(var listeners) = examination.listeners {
      listeners.socketFile = closed
      examination.listeners = .value(listeners)
    }
    let diagnosis = diagnose(examination)
    #expect(diagnosis.verdict.cause == "unix_socket_permission")
    #expect(diagnosis.verdict.sentence.contains("\(folder) is in the way"))
    withExtendedLifetime(application) {}
  }
}
